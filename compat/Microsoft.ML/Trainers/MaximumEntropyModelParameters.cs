using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>Class probabilities: the softmax of linear scores.</summary>
public sealed class MaximumEntropyModelParameters : LinearMulticlassModelParametersBase
{
    internal MaximumEntropyModelParameters(
        IHostEnvironment env, in VBuffer<float> weights, int numClasses, int numFeatures, string[]? labelNames, ModelStatisticsBase? _ = null)
        : base(env, weights, numClasses, numFeatures, labelNames)
    {
    }

    internal static MaximumEntropyModelParameters Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (VBuffer<float> weights, int classes, int features, string[]? labelNames) = LoadLinear(ctx);
        return new(env, weights, classes, features, labelNames);
    }

    private protected override void Normalize(Span<float> scores)
    {
        // Shifted by the largest score, no exponential overflows.
        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<float>(scores), scores);
        TensorPrimitives.SoftMax(scores, scores);
    }
}
