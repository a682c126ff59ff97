namespace EE569.Engine.Activations;

/// <summary>The self-normalising unit y = s x for x > 0, else s a (exp(x) - 1), with the constants of Klambauer et al. (2017).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class SELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Scale = 1.0507009873554804934193349852946;
    private const double ScaledAlpha = 1.7580993408473768; // s a, with a = 1.6732632423543772848170429916717

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // y' = s where x > 0, else s a exp(x).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<long> isPositive = Vector.GreaterThan(x, Vector<double>.Zero);
            Vector<double> negative = Vector.ConditionalSelect(isPositive, Vector<double>.Zero, x);
            return Vector.ConditionalSelect(isPositive, Scale * x, ScaledAlpha * VectorMath.ExpM1<T>(negative));
        }
    }

    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<long> isPositive = Vector.GreaterThan(x, Vector<double>.Zero);
            Vector<double> negative = Vector.ConditionalSelect(isPositive, Vector<double>.Zero, x);
            Vector<double> mantissa = VectorMath.ExpMantissa<T>(negative, Vector<double>.Zero, out Vector<double> exponent);
            Vector<double> slope = VectorMath.ScaleB<T>(ScaledAlpha * mantissa, exponent);
            return dy * Vector.ConditionalSelect(isPositive, Vector.Create(Scale), slope);
        }
    }
}
