using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class LinearBinaryModelParameters : LinearModelParameters
{
    internal LinearBinaryModelParameters(IHostEnvironment env, in VBuffer<float> weights, float bias, ModelStatisticsBase? _ = null)
        : base(env, weights, bias)
    {
    }

    internal static LinearBinaryModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (VBuffer<float> weights, float bias) = LoadLinear(ctx);
        return new(env, weights, bias);
    }
}
