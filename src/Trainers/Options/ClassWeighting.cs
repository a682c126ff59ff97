namespace EE569.Trainers;

/// <summary>How much the examples of each class count in the loss; multiplied with the example weights.</summary>
public sealed class ClassWeighting
{
    private readonly double[]? _weights;

    private ClassWeighting(double[]? weights) => _weights = weights;

    /// <summary>Every class weighs 1.</summary>
    public static ClassWeighting None { get; } = new(null);

    /// <summary>
    /// A class weighs n / (k n_c), where n is the summed weight of all examples, n_c that of the class and k the number of classes that occur, as
    /// scikit-learn's "balanced": all classes count the same.
    /// </summary>
    public static ClassWeighting Balanced { get; } = new(null);

    /// <summary>Weights given by the user.</summary>
    /// <param name="weights">One per class, finite and not negative: in the order of the key values, or { negative, positive } for binary labels.</param>
    /// <returns>The weighting.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A weight is negative or not finite.</exception>
    public static ClassWeighting Explicit(params double[] weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        foreach (double weight in weights)
        {
            OptionCheck.That(double.IsFinite(weight) && weight >= 0, weight, nameof(weights), "A class weight must be finite and not negative.");
        }

        return new([.. weights]);
    }

    /// <summary>The weight per class, or null where all weigh 1.</summary>
    /// <param name="classTotals">The summed weights of the training examples of each class.</param>
    internal IReadOnlyList<double>? For(double[] classTotals)
    {
        if (ReferenceEquals(this, Balanced))
        {
            return Engine.Losses.ClassWeights.Balanced(classTotals);
        }

        if (_weights is not null && _weights.Length != classTotals.Length)
        {
            throw new InvalidOperationException($"ClassWeights: {_weights.Length} class weights were given, but the label has {classTotals.Length} classes.");
        }

        return _weights;
    }
}
