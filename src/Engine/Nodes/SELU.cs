using System.Numerics;

namespace EE569.Engine.Nodes;

/// <summary>The self-normalising unit y = s x for x > 0, else s a (exp(x) - 1), with the constants of Klambauer et al. (2017).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class SELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Scale = T.CreateTruncating(1.0507009873554804934193349852946);
    private static readonly T ScaledAlpha = T.CreateTruncating(1.0507009873554804934193349852946 * 1.6732632423543772848170429916717);

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] > T.Zero ? Scale * x[i] : ScaledAlpha * T.ExpM1(x[i]);
        }
    }

    // y' = s where x > 0, else s a exp(x) = y + s a.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = dy[i] * (x[i] > T.Zero ? Scale : ScaledAlpha * T.Exp(x[i]));
        }
    }
}
