using System.Numerics;
using EE569.Engine.Kernels;

namespace EE569.Engine.Nodes;

/// <summary>The hyperbolic tangent y = tanh(x).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class Tanh<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => VectorMath.Tanh(x, y);

    // y' = 1 - tanh(x)^2 = 1 - y^2.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        VectorMath.TanhGradient(y, dy, dx);
}
