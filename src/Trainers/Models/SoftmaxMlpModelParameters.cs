using EE569.Engine;

namespace EE569.Trainers;

/// <summary>The parameters of a fitted <see cref="SoftmaxMlpTrainer"/>: a score per class; softmax turns the scores into probabilities.</summary>
public sealed class SoftmaxMlpModelParameters : NetworkModelParameters
{
    internal SoftmaxMlpModelParameters(IReadOnlyList<DenseLayer> layers)
        : base(layers, LossFunction.SoftmaxCrossEntropy, scoring: LossFunction.SoftmaxCrossEntropy)
    {
    }

    /// <summary>Classes of the label.</summary>
    public int NumberOfClasses => Layers[^1].Outputs;
}
