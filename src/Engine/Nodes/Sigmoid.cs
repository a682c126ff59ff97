using System.Numerics;
using EE569.Engine.Kernels;

namespace EE569.Engine.Nodes;

/// <summary>The logistic function y = 1 / (1 + exp(-x)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class Sigmoid<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => VectorMath.Sigmoid(x, y);

    // y' = exp(-x) / (1 + exp(-x))^2 = y (1 - y).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        VectorMath.SigmoidGradient(y, dy, dx);
}
