namespace EE569.Engine.Activations;

/// <summary>The hyperbolic tangent y = tanh(x).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class Tanh<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // y' = 1 - tanh(x)^2 = 4 e / (1 + e)^2 with e = exp(-2 |x|), which has no difference in it.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    /// <summary>With m = exp(-2 |x|) - 1, tanh(|x|) = -m / (2 + m).</summary>
    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<double> m = VectorMath.ExpM1<T>(-2 * Vector.Abs(x));
            return Vector.CopySign(m / (m + Vector.Create(2.0)), x);
        }
    }

    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<double> e = VectorMath.Exp<T>(-2 * Vector.Abs(x));
            Vector<double> sum = Vector<double>.One + e;
            return dy * (4 * e / (sum * sum));
        }
    }
}
