using System.Numerics;

namespace EE569.Engine.Nodes;

/// <summary>The usual approximation of <see cref="GELU{T}"/>, y = x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3); within 5e-4 of it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class TanhGELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly T Half = T.CreateTruncating(0.5);
    private static readonly T Scale = T.CreateTruncating(0.79788456080286535587989211986876);
    private static readonly T Cubic = T.CreateTruncating(0.044715);
    private static readonly T ThreeCubic = T.CreateTruncating(3 * 0.044715);

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = Half * x[i] * (T.One + HyperbolicTangent(x[i]));
        }
    }

    // y' = (1 + tanh u) / 2 + x (1 - tanh^2 u) u' / 2, with u' = sqrt(2 / pi) (1 + 3 * 0.044715 x^2).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            T tanh = HyperbolicTangent(x[i]);
            T slope = Scale * (T.One + ThreeCubic * x[i] * x[i]);
            dx[i] = dy[i] * Half * (T.One + tanh + x[i] * (T.One - tanh * tanh) * slope);
        }
    }

    private static T HyperbolicTangent(T x) => T.Tanh(Scale * (x + Cubic * x * x * x));
}
