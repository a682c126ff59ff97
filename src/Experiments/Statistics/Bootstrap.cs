using MathNet.Numerics.Statistics;

namespace EE569.Experiments.Statistics;

/// <summary>Percentile intervals of figures by the bootstrap: the figures again and again, each time of as many rows drawn with replacement.</summary>
/// <remarks>B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993.</remarks>
internal static class Bootstrap
{
    /// <param name="rows">The number of rows.</param>
    /// <param name="resamples">How often they are drawn.</param>
    /// <param name="seed">Governs the drawing.</param>
    /// <param name="figures">The figures of some rows; null where they do not define one.</param>
    /// <returns>For each figure its 95 % interval, or null where most resamples do not define it.</returns>
    public static (double Low, double High)?[] Intervals(int rows, int resamples, ulong seed, Func<int[], IReadOnlyList<double?>> figures)
    {
        var drawn = new IReadOnlyList<double?>[resamples];
        Parallel.For(0, resamples, resample =>
        {
            var random = SplitMix64.Derive(seed, (ulong)resample);
            int[] sample = new int[rows];
            foreach (ref int row in sample.AsSpan())
            {
                row = random.NextInt32(rows);
            }

            drawn[resample] = figures(sample);
        });
        return [.. drawn[0].Select((_, i) => drawn.Select(one => one[i]).OfType<double>().ToArray())
            .Select(values => values.Length < resamples / 2 ? ((double, double)?)null : (values.Quantile(0.025), values.Quantile(0.975)))];
    }
}
