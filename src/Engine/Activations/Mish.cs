namespace EE569.Engine.Activations;

/// <summary>The smooth rectifier y = x tanh(log(1 + exp(x))) (Misra, 2019).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class Mish<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // tanh(log u) = (u^2 - 1) / (u^2 + 1) with u = 1 + exp(x). With e = exp(-|x|) that is t = n / d, where
    //   x <= 0:  n = e (2 + e),  d = 2 + 2 e + e^2        x > 0:  n = 1 + 2 e,  d = 1 + 2 e + 2 e^2
    // and y' = t + x t' with t' = 4 e (1 + e) / d^2 for x <= 0, 4 e^2 (1 + e) / d^2 for x > 0. No sum cancels but t + x t', which is 0 at -1.19.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    /// <summary>e = exp(-|x|) as mantissa and exponent, and x itself, up to where y is x or 0; NaN stays NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Exponential<TSeries>(ref Vector<double> x, out Vector<double> exponent)
    {
        var smallest = Vector.Create(-800.0);
        x = Vector.ConditionalSelect(Vector.LessThan(x, smallest), smallest, x);
        return VectorMath.ExpMantissa<TSeries>(-Vector.Abs(x), Vector<double>.Zero, out exponent);
    }

    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<double> mantissa = Exponential<T>(ref x, out Vector<double> exponent);
            Vector<double> e = VectorMath.ScaleB<T>(mantissa, exponent);
            Vector<double> two = 2 * Vector<double>.One;
            Vector<double> negative = VectorMath.ScaleB<T>(x * mantissa * (two + e) / (two + e * (two + e)), exponent);
            Vector<double> twice = Vector<double>.One + 2 * e;
            Vector<double> positive = x * (twice / (twice + 2 * e * e));
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), positive, negative);
        }
    }

    /// <summary>Always with the long series, since the two terms of y' may cancel.</summary>
    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<long> isPositive = Vector.GreaterThan(x, Vector<double>.Zero);
            Vector<double> mantissa = Exponential<double>(ref x, out Vector<double> exponent);
            Vector<double> e = VectorMath.ScaleB<double>(mantissa, exponent);
            Vector<double> two = 2 * Vector<double>.One;
            Vector<double> d = two + e * (two + e);
            Vector<double> negative = VectorMath.ScaleB<double>(mantissa * ((two + e) * d + 4 * x * (Vector<double>.One + e)) / (d * d), exponent);
            Vector<double> twice = Vector<double>.One + 2 * e;
            d = twice + 2 * e * e;
            Vector<double> bounded = Vector.ConditionalSelect(Vector.GreaterThan(x, Vector.Create(800.0)), Vector.Create(800.0), x);
            Vector<double> positive = twice / d + 4 * bounded * e * e * (Vector<double>.One + e) / (d * d);
            return dy * Vector.ConditionalSelect(isPositive, positive, negative);
        }
    }
}
