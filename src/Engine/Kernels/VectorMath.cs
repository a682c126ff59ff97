using System.Numerics;
using System.Numerics.Tensors;

namespace EE569.Engine.Kernels;

/// <summary>
/// Element-wise functions and their gradients; the result may be written over an argument. In single precision exp and the
/// logistic function (TensorPrimitives) have a relative error below 3e-7, tanh below <see cref="SingleTanh.RelativeError"/>.
/// </summary>
internal static class VectorMath
{
    /// <summary>y = exp(x).</summary>
    public static void Exp<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Exp(x, y);

    /// <summary>y = 1 / (1 + exp(-x)).</summary>
    public static void Sigmoid<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Sigmoid(x, y);

    /// <summary>y = tanh(x). TensorPrimitives loses the relative precision of small arguments, so it is not used here.</summary>
    public static void Tanh<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            ElementWise.Map<SingleTanh, T>(x, x, y, InstructionSets.WidestFor<T>());
            return;
        }

        for (int i = 0; i < x.Length; i++)
        {
            y[i] = T.Tanh(x[i]);
        }
    }

    /// <summary>dx = dy (1 - y^2).</summary>
    public static void TanhGradient<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ElementWise.Map<TanhDerivative, T>(y, dy, dx, InstructionSets.WidestFor<T>());

    /// <summary>dx = dy y (1 - y).</summary>
    public static void SigmoidGradient<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ElementWise.Map<SigmoidDerivative, T>(y, dy, dx, InstructionSets.WidestFor<T>());

    /// <summary>y = max(x, 0).</summary>
    public static void ReLU<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        TensorPrimitives.Max(x, T.Zero, y);

    /// <summary>dx = dy where x is above zero, else 0.</summary>
    public static void ReLUGradient<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        ElementWise.Map<ReLUDerivative, T>(x, dy, dx, InstructionSets.WidestFor<T>());
}
