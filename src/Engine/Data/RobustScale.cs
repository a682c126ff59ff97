namespace EE569.Engine.Data;

/// <summary>
/// Prepares raw numeric features for a network, as RealMLP does: minus the median, divided by the distance of the quartiles (half the range
/// where they are equal), then x / sqrt(1 + (x / 3)^2), so that outliers stay within +-3. A missing value (NaN) becomes 0, the median, and
/// each column in which values were missing gets a column behind all others that is 1 for a missing value, else 0.
/// </summary>
public sealed class RobustScale
{
    private RobustScale(double[] medians, double[] factors, int[] indicatorColumns) =>
        (Medians, Factors, IndicatorColumns) = (medians, factors, indicatorColumns);

    /// <summary>What is subtracted from each column.</summary>
    public IReadOnlyList<double> Medians { get; }

    /// <summary>What each column is then multiplied by; 0 for a constant one.</summary>
    public IReadOnlyList<double> Factors { get; }

    /// <summary>The columns with an indicator, ascending.</summary>
    public IReadOnlyList<int> IndicatorColumns { get; }

    /// <summary>Number of prepared columns: the raw ones and the indicators.</summary>
    public int Outputs => Medians.Count + IndicatorColumns.Count;

    /// <summary>Learns medians and quartiles.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rows">Training rows, or a sample of them; NaN marks a missing value, infinite ones are left out.</param>
    public static RobustScale Fit<T>(Matrix<T> rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        var (medians, factors, indicators) = (new double[rows.Columns], new double[rows.Columns], new List<int>());
        for (int column = 0; column < rows.Columns; column++)
        {
            double[] sorted = Quantiles.Sorted(rows, column);
            if (Enumerable.Range(0, rows.Rows).Any(row => T.IsNaN(rows[row, column])))
            {
                indicators.Add(column);
            }

            if (sorted.Length > 0)
            {
                medians[column] = Quantiles.Of(sorted, 0.5);
                double quartiles = Quantiles.Of(sorted, 0.75) - Quantiles.Of(sorted, 0.25);
                double distance = quartiles > 0 ? quartiles : (sorted[^1] - sorted[0]) / 2;
                factors[column] = distance > 0 ? 1 / distance : 0;
            }
        }

        return new(medians, factors, [.. indicators]);
    }

    /// <summary>Prepares rows.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rows">Raw rows; NaN marks a missing value.</param>
    /// <returns>As many rows of <see cref="Outputs"/> columns.</returns>
    public Matrix<T> Transform<T>(Matrix<T> rows) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        var result = new Matrix<T>(rows.Rows, Outputs);
        for (int row = 0; row < rows.Rows; row++)
        {
            Transform<T>(rows.Row(row), result.Row(row));
        }

        return result;
    }

    /// <summary>Prepares one row.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="row">The raw features.</param>
    /// <param name="result">Receives <see cref="Outputs"/> values.</param>
    public void Transform<T>(ReadOnlySpan<T> row, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Medians.Count, nameof(row));
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, Outputs, nameof(result));
        for (int column = 0; column < row.Length; column++)
        {
            result[column] = T.IsNaN(row[column]) || Factors[column] == 0
                ? T.Zero
                : T.CreateTruncating(Clip((double.CreateTruncating(row[column]) - Medians[column]) * Factors[column]));
        }

        for (int i = 0; i < IndicatorColumns.Count; i++)
        {
            result[row.Length + i] = T.IsNaN(row[IndicatorColumns[i]]) ? T.One : T.Zero;
        }
    }

    /// <summary>x / sqrt(1 + (x / 3)^2), which for large x is written without the square of x: the limit at infinity is 3.</summary>
    private static double Clip(double x) => Math.Abs(x) < 1 ? x / Math.Sqrt(1 + x * x / 9) : Math.Sign(x) / Math.Sqrt(1 / (x * x) + 1.0 / 9);
}
