namespace EE569.Engine.Data;

/// <summary>Quantiles of columns.</summary>
internal static class Quantiles
{
    /// <summary>The finite values of a column, ascending.</summary>
    public static double[] Sorted<T>(Matrix<T> rows, int column) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var values = new List<double>(rows.Rows);
        for (int row = 0; row < rows.Rows; row++)
        {
            if (T.IsFinite(rows[row, column]))
            {
                values.Add(double.CreateTruncating(rows[row, column]));
            }
        }

        values.Sort();
        return [.. values];
    }

    /// <summary>The quantile of a share, linear between neighbours as in NumPy.</summary>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double rest = position - below;
        return rest == 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
    }
}
