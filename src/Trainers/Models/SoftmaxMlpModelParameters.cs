namespace EE569.Trainers;

/// <summary>The parameters of a fitted <see cref="SoftmaxMlpTrainer"/>, <see cref="TabMMulticlassTrainer"/> or <see cref="RealMlpMulticlassTrainer"/>: a score per class; softmax turns the scores into probabilities.</summary>
public sealed class SoftmaxMlpModelParameters : NetworkModelParameters
{
    internal SoftmaxMlpModelParameters(NetworkForm form, DataViewSchema.Column label)
        : base(form, scoring: LossFunction.SoftmaxCrossEntropy)
    {
        ClassNames = Internals.ClassNames.Of(label);
    }

    /// <summary>Classes of the label.</summary>
    public int NumberOfClasses => Layers[^1].Outputs;

    /// <summary>What the keys of the label stood for; null if for nothing.</summary>
    internal IReadOnlyList<string>? ClassNames { get; }
}
