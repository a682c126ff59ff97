namespace EE569.Engine.Activations;

/// <summary>The usual approximation of <see cref="GELU{T}"/>, y = x (1 + tanh(u)) / 2 with u = sqrt(2 / pi) (x + 0.044715 x^3); within 5e-4 of it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public sealed class TanhGELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double Cubic = 0.044715;
    private const double Scale = 1.5957691216057308; // 2 sqrt(2 / pi)

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // (1 + tanh u) / 2 = 1 / (1 + exp(-2 u)) = S(w) with w = 2 u, hence y' = S(w) + x S(w) S(-w) w', w' = 2 sqrt(2 / pi) (1 + 3 * 0.044715 x^2).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    /// <summary>e = exp(-w) at t = |x| as mantissa and exponent, and t itself, up to where e is 0; NaN stays NaN.</summary>
    private static Vector<double> Exponential<TSeries>(Vector<double> x, out Vector<double> t, out Vector<double> exponent)
    {
        t = Vector.Abs(x);
        var bound = Vector.Create(25.0);
        t = Vector.ConditionalSelect(Vector.GreaterThan(t, bound), bound, t);
        return VectorMath.ExpMantissa<TSeries>(-Scale * (t + Cubic * t * t * t), Vector<double>.Zero, out exponent);
    }

    /// <summary>S(-w) = e / (1 + e), and both signs are max(x, 0) - t S(-w).</summary>
    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<double> mantissa = Exponential<T>(x, out Vector<double> t, out Vector<double> exponent);
            Vector<double> sum = Vector<double>.One + VectorMath.ScaleB<T>(mantissa, exponent);
            Vector<double> tail = VectorMath.ScaleB<T>(t * mantissa / sum, exponent);
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), x, Vector<double>.Zero) - tail;
        }
    }

    /// <summary>y'(-t) = e (1 + e - t w') / (1 + e)^2, and y'(t) = 1 - y'(-t). Always with the long series, as in <see cref="GELU{T}"/>.</summary>
    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<double> mantissa = Exponential<double>(x, out Vector<double> t, out Vector<double> exponent);
            Vector<double> sum = Vector<double>.One + VectorMath.ScaleB<double>(mantissa, exponent);
            Vector<double> slope = Scale * (Vector<double>.One + 3 * Cubic * t * t);
            Vector<double> ofNegative = VectorMath.ScaleB<double>(mantissa * (sum - t * slope) / (sum * sum), exponent);
            return dy * Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), Vector<double>.One - ofNegative, ofNegative);
        }
    }
}
