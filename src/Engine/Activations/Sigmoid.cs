namespace EE569.Engine.Activations;

/// <summary>The logistic function y = 1 / (1 + exp(-x)).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class Sigmoid<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // y' = exp(-x) / (1 + exp(-x))^2 = y (1 - y), an even function: from x, since 1 - y has lost what y near 1 does not hold.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    /// <summary>1 / (1 + e) for positive arguments, e / (1 + e) for negative ones, e = exp(-|x|).</summary>
    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<double> e = VectorMath.Exp<T>(-Vector.Abs(x));
            Vector<double> one = Vector<double>.One;
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), one, e) / (one + e);
        }
    }

    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<double> e = VectorMath.Exp<T>(-Vector.Abs(x));
            Vector<double> sum = Vector<double>.One + e;
            return dy * (e / (sum * sum));
        }
    }
}
