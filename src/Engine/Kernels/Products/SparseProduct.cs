namespace EE569.Engine.Kernels.Products;

/// <summary>The products of a linear layer whose examples are sparse rows. The work is proportional to the non-zeros.</summary>
internal static class SparseProduct
{
    /// <summary>Weights of a layer below which rows are read as they come, since a step is bookkeeping.</summary>
    private const int FewWeights = 512;

    /// <summary>
    /// The share of non-zeros from which rows made dense are faster than sparse ones, forward and backward: a dense product does some twenty times
    /// the multiply-adds a second of a sparse one, once a layer has many units. Fitted to steps of 256 rows of 30 to 2,000 features, 1 to 25 %
    /// of them not 0, and 2 to 128 units, where the choice is within a fifth of the better one.
    /// </summary>
    /// <param name="inputs">Features.</param>
    /// <param name="units">Units that read them.</param>
    public static double DenseFrom(int inputs, int units) => (long)inputs * units < FewWeights ? double.PositiveInfinity : 0.02 + 0.18 / (1 + units / 4.0);

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
