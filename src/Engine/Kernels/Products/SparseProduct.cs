namespace EE569.Engine.Kernels.Products;

/// <summary>The products of a linear layer whose examples are sparse rows. The work is proportional to the non-zeros.</summary>
internal static class SparseProduct
{
    /// <summary>Y = X W^T + b.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="x">rows x inputs.</param>
    /// <param name="w">outputs x inputs.</param>
    /// <param name="bias">outputs, or empty.</param>
    /// <param name="y">rows x outputs; overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward<T>(LayerShape shape, CsrMatrix<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<int> columns = x.Indices(row);
            ReadOnlySpan<T> values = x.Values(row);
            for (int output = 0; output < shape.Outputs; output++)
            {
                T sum = Dot(columns, values, w.Slice(output * shape.Inputs, shape.Inputs));
                y[(row * shape.Outputs) + output] = bias.IsEmpty ? sum : sum + bias[output];
            }
        }
    }

    /// <summary>dW + dY^T X, touching dW at the columns of non-zeros only.</summary>
    /// <param name="shape">The layer.</param>
    /// <param name="dy">rows x outputs.</param>
    /// <param name="x">rows x inputs.</param>
    /// <param name="dw">outputs x inputs; added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightGradient<T>(LayerShape shape, ReadOnlySpan<T> dy, CsrMatrix<T> x, Span<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            ReadOnlySpan<int> columns = x.Indices(row);
            ReadOnlySpan<T> values = x.Values(row);
            for (int output = 0; output < shape.Outputs; output++)
            {
                T factor = dy[(row * shape.Outputs) + output];
                Span<T> gradient = dw.Slice(output * shape.Inputs, shape.Inputs);
                for (int i = 0; i < columns.Length; i++)
                {
                    ref T target = ref gradient[columns[i]];
                    target = T.MultiplyAddEstimate(factor, values[i], target);
                }
            }
        }
    }

    /// <summary>Two sums, of the even and the odd positions, so that one addition need not wait for the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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
