namespace EE569.Trainers;

/// <summary>How much the examples of each class count in the loss; multiplied with the example weights.</summary>
public sealed class ClassWeighting
{
    private readonly double[]? _weights;

    private ClassWeighting(double[]? weights) => _weights = weights;

    /// <summary>Every class weighs 1.</summary>
    public static ClassWeighting None { get; } = new(null);

    /// <summary>A class of n_c among n examples of k classes weighs n / (k n_c), as scikit-learn's "balanced": all classes count the same.</summary>
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
    /// <param name="classCounts">Training examples per class.</param>
    internal IReadOnlyList<double>? For(IReadOnlyList<long> classCounts)
    {
        if (ReferenceEquals(this, Balanced))
        {
            double total = classCounts.Sum();
            return [.. classCounts.Select(count => count == 0 ? 0 : total / (classCounts.Count * (double)count))];
        }

        if (_weights is not null && _weights.Length != classCounts.Count)
        {
            throw new InvalidOperationException($"ClassWeights: {_weights.Length} class weights were given, but the label has {classCounts.Count} classes.");
        }

        return _weights;
    }
}
