using MathNet.Numerics.Statistics;

namespace EE569.Benchmarks.Report;

/// <summary>Repeated measurements of one thing.</summary>
internal sealed class Series(IEnumerable<double> values)
{
    public IReadOnlyList<double> Values { get; } = [.. values];

    public double Minimum => Values.Minimum();

    public double Maximum => Values.Maximum();

    public double Median => Values.Median();

    /// <summary>The ratio of paired measurements: repetition i of one divided by repetition i of the other, taken right after each other.</summary>
    public static Series Ratio(Series numerator, Series denominator) =>
        new(numerator.Values.Zip(denominator.Values, (above, below) => above / below));

    public override string ToString() => ToString(Format.Number);

    /// <summary>Median and range.</summary>
    public string ToString(Func<double, string> format) =>
        Values.Count == 1 ? format(Median) : $"{format(Median)} ({format(Minimum)}–{format(Maximum)})";
}
