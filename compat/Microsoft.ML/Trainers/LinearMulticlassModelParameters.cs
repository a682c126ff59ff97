using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Linear scores, not normalised.</summary>
public sealed class LinearMulticlassModelParameters : LinearMulticlassModelParametersBase
{
    internal LinearMulticlassModelParameters(
        IHostEnvironment env, in VBuffer<float> weights, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? _ = null)
        : base(env, weights, numClasses, numFeatures, labelNames)
    {
    }

    internal static LinearMulticlassModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (VBuffer<float> weights, int classes, int features, string[]? labelNames) = LoadLinear(ctx);
        return new(env, weights, classes, features, labelNames);
    }

    private protected override void Normalize(Span<float> scores)
    {
    }
}
