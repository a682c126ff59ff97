namespace EE569.Engine.Data;

/// <summary>
/// Prepares raw numeric features as RealMLP does: minus the median, divided by the distance of the quartiles (half the range where they are
/// equal), then x / sqrt(1 + (x / 3)^2), so that outliers stay within +-3.
/// </summary>
public sealed class RobustScale : FeaturePreparation
{
    private readonly double[] _medians;
    private readonly double[] _factors;

    private RobustScale(double[] medians, double[] factors, int[] indicatorColumns)
        : base(medians.Length, indicatorColumns) => (_medians, _factors) = (medians, factors);

    /// <summary>What is subtracted from each column.</summary>
    public IReadOnlyList<double> Medians => _medians;

    /// <summary>What each column is then multiplied by; 0 for a constant one.</summary>
    public IReadOnlyList<double> Factors => _factors;

    /// <summary>Learns medians and quartiles.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rows">Training rows, or a sample of them; NaN marks a missing value, infinite ones are left out.</param>
    public static RobustScale Fit<T>(Matrix<T> rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        (double[] medians, double[] factors) = (new double[rows.Columns], new double[rows.Columns]);
        for (int column = 0; column < rows.Columns; column++)
        {
            double[] sorted = Quantiles.Sorted(rows, column);
            if (sorted.Length > 0)
            {
                medians[column] = Quantiles.Of(sorted, 0.5);
                double quartiles = Quantiles.Of(sorted, 0.75) - Quantiles.Of(sorted, 0.25);
                double distance = quartiles > 0 ? quartiles : (sorted[^1] - sorted[0]) / 2;
                factors[column] = distance > 0 ? 1 / distance : 0;
            }
        }

        return new(medians, factors, WithMissing(rows));
    }

    private protected override double Transform(int column, double value)
    {
        if (_factors[column] == 0)
        {
            return 0;
        }

        // For large x written without the square of x: the limit at infinity is 3.
        double x = (value - _medians[column]) * _factors[column];
        return Math.Abs(x) < 1 ? x / Math.Sqrt(1 + x * x / 9) : Math.Sign(x) / Math.Sqrt(1 / (x * x) + 1.0 / 9);
    }
}
