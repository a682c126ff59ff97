using System.Numerics;

namespace EE569.Engine.Kernels;

/// <summary>The products of a linear layer whose input rows are sparse: row r holds the positions offsets[r] up to offsets[r + 1].</summary>
internal static class SparseProduct
{
    /// <summary>Y = X W^T + b.</summary>
    public static void Forward<T>(
        LayerShape shape, ReadOnlySpan<int> offsets, ReadOnlySpan<int> columns, ReadOnlySpan<T> values, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int r = 0; r < shape.Rows; r++)
        {
            for (int o = 0; o < shape.Outputs; o++)
            {
                ReadOnlySpan<T> weights = w.Slice(o * shape.Inputs, shape.Inputs);
                T sum = bias.IsEmpty ? T.Zero : bias[o];
                for (int i = offsets[r]; i < offsets[r + 1]; i++)
                {
                    sum += values[i] * weights[columns[i]];
                }

                y[r * shape.Outputs + o] = sum;
            }
        }
    }

    /// <summary>dW += dY^T X, touching the non-zero columns only.</summary>
    public static void WeightGradient<T>(
        LayerShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<int> offsets, ReadOnlySpan<int> columns, ReadOnlySpan<T> values, Span<T> dw)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int r = 0; r < shape.Rows; r++)
        {
            for (int o = 0; o < shape.Outputs; o++)
            {
                T factor = dy[r * shape.Outputs + o];
                Span<T> gradient = dw.Slice(o * shape.Inputs, shape.Inputs);
                for (int i = offsets[r]; i < offsets[r + 1]; i++)
                {
                    gradient[columns[i]] += factor * values[i];
                }
            }
        }
    }
}
