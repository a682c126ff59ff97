using System.Numerics;
using MathNet.Numerics;

namespace EE569.Engine.Nodes;

/// <summary>The Gaussian error linear unit y = x P(x), with P the standard normal distribution function (Hendrycks and Gimpel, 2016).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
/// <remarks>Exact, through the error function; <see cref="TanhGELU{T}"/> is the faster approximation.</remarks>
public sealed class GELU<T>(Node<T> x) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            double z = double.CreateTruncating(x[i]);
            y[i] = T.CreateTruncating(z * Distribution(z));
        }
    }

    // y' = P(x) + x p(x), with p = P' = exp(-x^2 / 2) / sqrt(2 pi).

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            double z = double.CreateTruncating(x[i]);
            double density = Math.Exp(-0.5 * z * z) * Constants.InvSqrt2Pi;
            dx[i] = dy[i] * T.CreateTruncating(Distribution(z) + z * density);
        }
    }

    // erfc keeps the relative precision of the lower tail, which 1 + erf loses.
    private static double Distribution(double z) => 0.5 * SpecialFunctions.Erfc(-z * Constants.Sqrt1Over2);
}
