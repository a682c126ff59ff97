using MathNet.Numerics.Distributions;

namespace EE569.Experiments.Statistics;

/// <summary>Wilson's score interval for a proportion: sensible at 0 % and 100 %, where the normal approximation is not.</summary>
/// <remarks>E. B. Wilson, Journal of the American Statistical Association 22 (1927).</remarks>
internal readonly record struct WilsonInterval(double Low, double High)
{
    /// <summary>The interval for <paramref name="right"/> successes out of <paramref name="count"/>.</summary>
    public static WilsonInterval For(int right, int count, double confidence = 0.95)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegative(right);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(right, count);

        double z = Normal.InvCDF(0, 1, (1 + confidence) / 2);
        double p = (double)right / count;
        double denominator = 1 + (z * z / count);
        double centre = (p + (z * z / (2 * count))) / denominator;
        double half = z / denominator * Math.Sqrt((p * (1 - p) / count) + (z * z / (4.0 * count * count)));
        return new WilsonInterval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
