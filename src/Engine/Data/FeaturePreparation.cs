namespace EE569.Engine.Data;

/// <summary>
/// What makes raw numeric features fit for a network, column by column, learnt from training rows. A missing value (NaN) becomes 0, and each
/// column in which values were missing gets a column behind all others that is 1 for a missing value, else 0.
/// </summary>
public abstract class FeaturePreparation
{
    private readonly int[] _indicatorColumns;

    private protected FeaturePreparation(int inputs, int[] indicatorColumns) => (Inputs, _indicatorColumns) = (inputs, indicatorColumns);

    /// <summary>Number of raw columns.</summary>
    public int Inputs { get; }

    /// <summary>The columns with an indicator, ascending.</summary>
    public IReadOnlyList<int> IndicatorColumns => _indicatorColumns;

    /// <summary>Number of prepared columns: the raw ones and the indicators.</summary>
    public int Outputs => Inputs + _indicatorColumns.Length;

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
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, Inputs, nameof(row));
        ArgumentOutOfRangeException.ThrowIfNotEqual(result.Length, Outputs, nameof(result));
        for (int column = 0; column < row.Length; column++)
        {
            result[column] = T.IsNaN(row[column]) ? T.Zero : T.CreateTruncating(Transform(column, double.CreateTruncating(row[column])));
        }

        for (int i = 0; i < _indicatorColumns.Length; i++)
        {
            result[row.Length + i] = T.IsNaN(row[_indicatorColumns[i]]) ? T.One : T.Zero;
        }
    }

    /// <summary>Prepares a value that is not missing.</summary>
    private protected abstract double Transform(int column, double value);

    /// <summary>The columns in which a value is missing.</summary>
    private protected static int[] WithMissing<T>(Matrix<T> rows) where T : unmanaged, IFloatingPointIeee754<T> =>
        [.. Enumerable.Range(0, rows.Columns).Where(column => Enumerable.Range(0, rows.Rows).Any(row => T.IsNaN(rows[row, column])))];
}
