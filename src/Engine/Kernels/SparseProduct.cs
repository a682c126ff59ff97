using System.Numerics;

namespace EE569.Engine.Kernels;

/// <summary>
/// The products of a linear layer whose examples are sparse: row r of X holds the numbers at offsets[r] up to offsets[r + 1]. The work is
/// proportional to the non-zeros.
/// </summary>
internal static class SparseProduct
{
    /// <summary>Y = X W^T + b.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="offsets">rows + 1 positions in <paramref name="columns"/> and <paramref name="values"/>.</param>
    /// <param name="columns">The column of each number, below the layer's inputs.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="w">outputs x inputs.</param>
    /// <param name="bias">outputs, or empty.</param>
    /// <param name="y">rows x outputs; overwritten.</param>
    public static void Forward<T>(
        LayerShape shape,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<T> values,
        ReadOnlySpan<T> w,
        ReadOnlySpan<T> bias,
        Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            int first = offsets[row], length = offsets[row + 1] - first;
            ReadOnlySpan<int> rowColumns = columns.Slice(first, length);
            ReadOnlySpan<T> rowValues = values.Slice(first, length);
            for (int output = 0; output < shape.Outputs; output++)
            {
                T sum = Dot(rowColumns, rowValues, w.Slice(output * shape.Inputs, shape.Inputs));
                y[(row * shape.Outputs) + output] = bias.IsEmpty ? sum : sum + bias[output];
            }
        }
    }

    /// <summary>dW + dY^T X, touching dW at the columns of non-zeros only.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="dy">rows x outputs.</param>
    /// <param name="offsets">rows + 1 positions in <paramref name="columns"/> and <paramref name="values"/>.</param>
    /// <param name="columns">The column of each number, below the layer's inputs.</param>
    /// <param name="values">The numbers.</param>
    /// <param name="dw">outputs x inputs; added to.</param>
    public static void WeightGradient<T>(
        LayerShape shape,
        ReadOnlySpan<T> dy,
        ReadOnlySpan<int> offsets,
        ReadOnlySpan<int> columns,
        ReadOnlySpan<T> values,
        Span<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            int first = offsets[row], length = offsets[row + 1] - first;
            ReadOnlySpan<int> rowColumns = columns.Slice(first, length);
            ReadOnlySpan<T> rowValues = values.Slice(first, length);
            for (int output = 0; output < shape.Outputs; output++)
            {
                T factor = dy[(row * shape.Outputs) + output];
                Span<T> gradient = dw.Slice(output * shape.Inputs, shape.Inputs);
                for (int i = 0; i < rowColumns.Length; i++)
                {
                    ref T target = ref gradient[rowColumns[i]];
                    target = T.MultiplyAddEstimate(factor, rowValues[i], target);
                }
            }
        }
    }

    /// <summary>Two sums, of the even and the odd positions, so that one addition need not wait for the other.</summary>
    private static T Dot<T>(ReadOnlySpan<int> columns, ReadOnlySpan<T> values, ReadOnlySpan<T> w)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        T even = T.Zero, odd = T.Zero;
        int i = 0;
        for (; i + 1 < columns.Length; i += 2)
        {
            even = T.MultiplyAddEstimate(values[i], w[columns[i]], even);
            odd = T.MultiplyAddEstimate(values[i + 1], w[columns[i + 1]], odd);
        }

        return i < columns.Length ? T.MultiplyAddEstimate(values[i], w[columns[i]], even) + odd : even + odd;
    }
}
