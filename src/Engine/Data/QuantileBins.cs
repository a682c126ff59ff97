namespace EE569.Engine.Data;

/// <summary>Edges of bins that hold about as many values each, for <see cref="PiecewiseLinearEmbedding{T}"/>.</summary>
public static class QuantileBins
{
    /// <summary>Finds the edges of every column.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="rows">Training rows, or a sample of them; values that are not finite are left out.</param>
    /// <param name="bins">Largest number of bins of a column, from 1. Default 48.</param>
    /// <param name="minimumValues">Columns with fewer different values get no edges, so that they enter a network as they are. Default 3.</param>
    /// <returns>For each column the edges, ascending, equal ones merged: at least two, or none.</returns>
    public static double[][] Find<T>(Matrix<T> rows, int bins = 48, int minimumValues = 3) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bins);
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumValues, 2);
        return [.. Enumerable.Range(0, rows.Columns).Select(column => Find<T>(Quantiles.Sorted(rows, column), bins, minimumValues))];
    }

    private static double[] Find<T>(double[] sorted, int bins, int minimumValues) where T : unmanaged, IFloatingPointIeee754<T> =>
        sorted.Distinct().Take(minimumValues).Count() < minimumValues
            ? []
            : [.. Enumerable.Range(0, bins + 1).Select(i => double.CreateTruncating(T.CreateTruncating(Quantiles.Of(sorted, (double)i / bins)))).Distinct()];
}
