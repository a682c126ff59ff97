namespace EE569.Trainers;

/// <summary>The parameters of a fitted <see cref="LogisticMlpTrainer"/>: one score; the logistic function turns it into the probability of true.</summary>
public sealed class LogisticMlpModelParameters : NetworkModelParameters
{
    internal LogisticMlpModelParameters(IReadOnlyList<DenseLayer> layers)
        : base(layers, LossFunction.BinaryCrossEntropy, scoring: LossFunction.MeanSquaredError)
    {
    }
}
