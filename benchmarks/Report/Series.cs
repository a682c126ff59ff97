namespace EE569.Benchmarks.Report;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Series(IEnumerable<double> values)
{
    public IReadOnlyList<double> Values { get; } = [.. values];

    public double Minimum => Values.Min();

    public double Maximum => Values.Max();

    public double Median
    {
        get
        {
            double[] sorted = [.. Values.Order()];
            int middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>The ratio of paired measurements: repetition i of one divided by repetition i of the other, taken right after each other.</summary>
    public static Series Ratio(Series numerator, Series denominator) =>
        new(numerator.Values.Zip(denominator.Values, (above, below) => above / below));

    public override string ToString() => $"{Format.Number(Median)} ({Format.Number(Minimum)}–{Format.Number(Maximum)})";
}
