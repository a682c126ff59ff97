namespace EE569.Engine.Activations;

/// <summary>The Gaussian error linear unit y = x P(x), with P the standard normal distribution function (Hendrycks and Gimpel, 2016).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
/// <remarks>Exact, down to where the lower tail underflows; <see cref="TanhGELU{T}"/> is an approximation.</remarks>
public sealed class GELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double PeakDensity = 0.3989422804014327; // 1 / sqrt(2 pi)

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y) => ElementMap.Apply<Function, T>(x, y);

    // y' = P(x) + x p(x), with p = P' = exp(-x^2 / 2) / sqrt(2 pi).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) =>
        ElementMap.Apply<Derivative, T>(x, dy, dx);

    /// <summary>|x| up to where P(-|x|) is 0 in double; NaN stays NaN.</summary>
    private static Vector<double> Magnitude(Vector<double> x)
    {
        Vector<double> magnitude = Vector.Abs(x);
        var bound = Vector.Create(40.0);
        return Vector.ConditionalSelect(Vector.GreaterThan(magnitude, bound), bound, magnitude);
    }

    /// <summary>With t = |x| and Q(t) = P(-t) = 1 - P(t), both signs are max(x, 0) - t Q(t).</summary>
    internal readonly struct Function : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> ignored)
        {
            Vector<double> t = Magnitude(x);
            Vector<double> density = VectorMath.GaussianMantissa<T>(t, out Vector<double> exponent);
            Vector<double> tail = VectorMath.ScaleB<T>(t * VectorMath.ScaledNormalTail<T>(t) * density, exponent);
            return Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), x, Vector<double>.Zero) - tail;
        }
    }

    /// <summary>y'(-t) = Q(t) - t p(t), and y'(t) = 1 - y'(-t). Always with the long series, for the difference near its zero at t = 0.7518.</summary>
    internal readonly struct Derivative : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> x, Vector<double> dy)
        {
            Vector<double> t = Magnitude(x);
            Vector<double> density = VectorMath.GaussianMantissa<double>(t, out Vector<double> exponent);
            Vector<double> ofNegative = VectorMath.ScaleB<double>((VectorMath.ScaledNormalTail<double>(t) - PeakDensity * t) * density, exponent);
            return dy * Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<double>.Zero), Vector<double>.One - ofNegative, ofNegative);
        }
    }
}
