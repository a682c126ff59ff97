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
    public static double Of(ReadOnlySpan<double> sorted, double share) => Of(sorted, 0, share);

    /// <summary>The quantile of values of which many are 0.</summary>
    /// <param name="sorted">Values, ascending.</param>
    /// <param name="zeros">Zeros beside these.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, int zeros, double share)
    {
        double position = share * (sorted.Length + zeros - 1);
        int below = (int)position;
        double rest = position - below, low = At(sorted, zeros, below);
        return rest == 0 ? low : low + rest * (At(sorted, zeros, below + 1) - low);
    }

    private static double At(ReadOnlySpan<double> sorted, int zeros, int place)
    {
        if (zeros == 0 || (place < sorted.Length && sorted[place] < 0))
        {
            return sorted[place];
        }

        return place >= zeros && sorted[place - zeros] > 0 ? sorted[place - zeros] : 0;
    }
}
