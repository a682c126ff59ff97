using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public abstract class RegressionModelParameters : LinearModelParameters
{
    private protected RegressionModelParameters(IHostEnvironment env, in VBuffer<float> weights, float bias) : base(env, weights, bias)
    {
    }
}

public sealed class LinearRegressionModelParameters : RegressionModelParameters
{
    internal LinearRegressionModelParameters(IHostEnvironment env, in VBuffer<float> weights, float bias) : base(env, weights, bias)
    {
    }

    internal static LinearRegressionModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (VBuffer<float> weights, float bias) = LoadLinear(ctx);
        return new(env, weights, bias);
    }
}
