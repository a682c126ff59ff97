namespace EE569.Engine.Optimizers;

/// <summary>
/// The hyper-parameters and the formula of an optimiser; its state belongs to the training. A new optimiser is one class in one file: it
/// says how many values it keeps for each parameter and applies an <see cref="IUpdateRule{T}"/>.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class Optimizer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Number of values kept for each parameter from step to step, 0 to 2.</summary>
    public abstract int Slots { get; }

    /// <summary>
    /// Whether a gradient of 0 leaves a parameter and its state as they are. If so, a step on sparse rows updates the weights of the features
    /// that occur in the batch and passes over the others. Default false.
    /// </summary>
    public virtual bool SkipsZeroGradients => false;

    /// <summary>How the penalty L2Regularization reaches weights that a step passes over.</summary>
    internal virtual SkippedPenalty SkippedPenalty => SkippedPenalty.NotSkipped;

    /// <summary>Takes one step with one parameter.</summary>
    /// <param name="update">The parameter, its gradient and state.</param>
    public abstract void Update(in ParameterUpdate<T> update);

    /// <summary>Checks a hyper-parameter at construction.</summary>
    private protected static double InRange(double value, double minimum, double exclusiveMaximum, string name) =>
        value >= minimum && value < exclusiveMaximum
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {minimum} and below {exclusiveMaximum}.");
}
