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
    /// <param name="leastDistance">Where the quartiles are equal, no smaller distance divides: with 1, flags, shares and other columns of mostly zeros keep their scale. Default 0.</param>
    public static RobustScale Fit<T>(Matrix<T> rows, double leastDistance = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        return Of(rows.Columns, column => (Quantiles.Sorted(rows, column), 0), WithMissing(rows), leastDistance);
    }

    /// <summary>Learns medians and quartiles. Memory and time are proportional to the values that are there.</summary>
    /// <inheritdoc cref="Fit{T}(Matrix{T}, double)" path="/typeparam|/param"/>
    public static RobustScale Fit<T>(CsrMatrix<T> rows, double leastDistance = 0) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        int[] ends = new int[rows.Columns + 1];
        for (int row = 0; row < rows.Rows; row++)
        {
            foreach (int column in rows.Indices(row))
            {
                ends[column + 1]++;
            }
        }

        for (int column = 0; column < rows.Columns; column++)
        {
            ends[column + 1] += ends[column];
        }

        double[] values = new double[ends[^1]];
        int[] next = [.. ends];
        for (int row = 0; row < rows.Rows; row++)
        {
            ReadOnlySpan<int> columns = rows.Indices(row);
            ReadOnlySpan<T> own = rows.Values(row);
            for (int i = 0; i < own.Length; i++)
            {
                values[next[columns[i]]++] = double.CreateTruncating(own[i]);
            }
        }

        int[] missing = [.. Enumerable.Range(0, rows.Columns).Where(column => Array.FindIndex(values, ends[column], ends[column + 1] - ends[column], double.IsNaN) >= 0)];
        return Of(rows.Columns, column => (Finite(values.AsMemory(ends[column]..ends[column + 1])), rows.Rows - (ends[column + 1] - ends[column])), missing, leastDistance);

        static ReadOnlyMemory<double> Finite(Memory<double> own)
        {
            own.Span.Sort(); // NaN, then negative infinity come first
            int start = 0, end = own.Length;
            for (; start < end && !double.IsFinite(own.Span[start]); start++)
            {
            }

            for (; end > start && !double.IsFinite(own.Span[end - 1]); end--)
            {
            }

            return own[start..end];
        }
    }

    private static RobustScale Of(int columns, Func<int, (ReadOnlyMemory<double> Sorted, int Zeros)> valuesOf, int[] indicatorColumns, double leastDistance)
    {
        (double[] medians, double[] factors) = (new double[columns], new double[columns]);
        for (int column = 0; column < columns; column++)
        {
            (ReadOnlyMemory<double> memory, int zeros) = valuesOf(column);
            ReadOnlySpan<double> sorted = memory.Span;
            if (sorted.Length > 0)
            {
                medians[column] = Quantiles.Of(sorted, zeros, 0.5);
                double quartiles = Quantiles.Of(sorted, zeros, 0.75) - Quantiles.Of(sorted, zeros, 0.25);
                double halfRange = (Quantiles.Of(sorted, zeros, 1) - Quantiles.Of(sorted, zeros, 0)) / 2;
                factors[column] = quartiles > 0 ? 1 / quartiles : halfRange > 0 ? 1 / Math.Max(halfRange, leastDistance) : 0;
            }
        }

        return new(medians, factors, indicatorColumns);
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
