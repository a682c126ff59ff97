namespace EE569.Engine.Training;

/// <summary>The mean of -log p of the true classes, p at least the rounding of T, as in scikit-learn.</summary>
/// <param name="classWeights">What multiplies the example weights; null for nothing.</param>
internal sealed class LogLossScore<T>(IReadOnlyList<double>? classWeights) : ValidationScore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly double Smallest = double.CreateTruncating(T.BitIncrement(T.One) - T.One);

    private double _sum;
    private double _weightSum;

    public override double Value => _sum / _weightSum;

    public override void Reset() => (_sum, _weightSum) = (0, 0);

    private protected override void Add(Targets<T> targets, int row, double weight, ReadOnlySpan<T> prediction)
    {
        int label = targets.Labels[row];
        weight *= classWeights?[label] ?? 1;
        _sum -= weight * Math.Log(Math.Clamp(ProbabilityOf(label, prediction), Smallest, 1 - Smallest));
        _weightSum += weight;
    }
}
