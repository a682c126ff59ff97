namespace EE569.Trainers;

/// <summary>How much the examples of each class count in the loss; multiplied with the example weights.</summary>
public sealed class ClassWeighting
{
    private ClassWeighting(double[]? weights) => Weights = weights;

    /// <summary>The weights given by the user, or null.</summary>
    internal double[]? Weights { get; }

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
            OptionCheck.Require(double.IsFinite(weight) && weight >= 0, nameof(weights), weight, "finite and not negative");
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

        if (Weights is not null && Weights.Length != classTotals.Length)
        {
            throw new InvalidOperationException($"ClassWeights: {Weights.Length} class weights were given, but the label has {classTotals.Length} classes.");
        }

        return Weights;
    }
}
