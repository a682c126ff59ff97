using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

public sealed class LinearBinaryModelParameters : LinearModelParameters
{
    internal const string Signature = "LinearBinaryModel";

    public readonly ModelStatisticsBase? Statistics;

    internal LinearBinaryModelParameters(IHostEnvironment env, in VBuffer<float> weights, float bias, ModelStatisticsBase? stats = null)
        : base(env, weights, bias) => Statistics = stats;

    internal static LinearBinaryModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (VBuffer<float> weights, float bias) = LoadLinear(ctx);
        return new(env, weights, bias);
    }

    private protected override void Save(ModelSaveContext ctx) => SaveLinear(ctx, Signature);
}
