using System.Numerics;
using System.Numerics.Tensors;

namespace EE569.Engine.Kernels;

/// <summary>The three products of a linear layer, on row-major spans.</summary>
internal static class MatrixProduct
{
    /// <summary>Y = X W^T + b.</summary>
    public static void Forward<T>(LayerShape shape, ReadOnlySpan<T> x, ReadOnlySpan<T> w, ReadOnlySpan<T> bias, Span<T> y, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _ = workers;
        for (int r = 0; r < shape.Rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * shape.Inputs, shape.Inputs);
            for (int o = 0; o < shape.Outputs; o++)
            {
                T sum = TensorPrimitives.Dot(row, w.Slice(o * shape.Inputs, shape.Inputs));
                y[r * shape.Outputs + o] = bias.IsEmpty ? sum : sum + bias[o];
            }
        }
    }

    /// <summary>dW (+)= dY^T X.</summary>
    public static void WeightGradient<T>(
        LayerShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> x, Span<T> dw, Workers workers, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _ = workers;
        if (!accumulate)
        {
            dw.Clear();
        }

        for (int r = 0; r < shape.Rows; r++)
        {
            ReadOnlySpan<T> row = x.Slice(r * shape.Inputs, shape.Inputs);
            for (int o = 0; o < shape.Outputs; o++)
            {
                Span<T> target = dw.Slice(o * shape.Inputs, shape.Inputs);
                TensorPrimitives.MultiplyAdd(row, dy[r * shape.Outputs + o], target, target);
            }
        }
    }

    /// <summary>dX (+)= dY W.</summary>
    public static void InputGradient<T>(
        LayerShape shape, ReadOnlySpan<T> dy, ReadOnlySpan<T> w, Span<T> dx, Workers workers, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        _ = workers;
        if (!accumulate)
        {
            dx.Clear();
        }

        for (int r = 0; r < shape.Rows; r++)
        {
            Span<T> target = dx.Slice(r * shape.Inputs, shape.Inputs);
            for (int o = 0; o < shape.Outputs; o++)
            {
                TensorPrimitives.MultiplyAdd(w.Slice(o * shape.Inputs, shape.Inputs), dy[r * shape.Outputs + o], target, target);
            }
        }
    }

    /// <summary>db (+)= column sums of dY.</summary>
    public static void BiasGradient<T>(LayerShape shape, ReadOnlySpan<T> dy, Span<T> db, bool accumulate = false)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!accumulate)
        {
            db.Clear();
        }

        for (int r = 0; r < shape.Rows; r++)
        {
            TensorPrimitives.Add(db, dy.Slice(r * shape.Outputs, shape.Outputs), db);
        }
    }
}
