namespace EE569.Experiments.Statistics;

/// <summary>Whether what is said to be 70 % likely comes true in 70 % of the cases: ten bins of equal width.</summary>
/// <param name="Bins">The bins that have rows.</param>
/// <remarks>C. Guo, G. Pleiss, Y. Sun, K. Weinberger, On Calibration of Modern Neural Networks, ICML 2017.</remarks>
internal sealed record Calibration(IReadOnlyList<CalibrationBin> Bins)
{
    private const int Count = 10;

    /// <summary>The expected calibration error: the mean over all rows of how far their bin's share lies from its mean probability.</summary>
    public double ExpectedError => Bins.Sum(bin => bin.Rows * Math.Abs(bin.Observed - bin.Predicted)) / Bins.Sum(bin => bin.Rows);

    /// <param name="rows">For each row the probability given to an event, and whether it came true.</param>
    public static Calibration Of(IEnumerable<(double Probability, bool CameTrue)> rows) => new(
    [
        .. rows.GroupBy(row => Math.Clamp((int)(row.Probability * Count), 0, Count - 1)).OrderBy(bin => bin.Key)
            .Select(bin => new CalibrationBin(bin.Average(row => row.Probability), bin.Count(row => row.CameTrue), bin.Count())),
    ]);
}
