namespace EE569.Engine.Training;

/// <summary>The root of the mean square of the errors, or the mean of their magnitudes.</summary>
internal sealed class ErrorScore<T>(bool isSquared) : ValidationScore<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private double _sum;
    private double _weightSum;

    public override double Value => isSquared ? Math.Sqrt(_sum / _weightSum) : _sum / _weightSum;

    public override void Reset() => (_sum, _weightSum) = (0, 0);

    private protected override void Add(Targets<T> targets, int row, double weight, ReadOnlySpan<T> prediction)
    {
        ReadOnlySpan<T> target = targets.Values!.Row(row);
        for (int i = 0; i < target.Length; i++)
        {
            double error = double.CreateTruncating(prediction[i]) - double.CreateTruncating(target[i]);
            _sum += weight * (isSquared ? error * error : Math.Abs(error));
            _weightSum += weight;
        }
    }
}
