namespace EE569.Engine.Activations;

/// <summary>The leaky rectifier y = x for x > 0, else slope * x.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
/// <param name="slope">Slope for negative arguments.</param>
public sealed class LeakyReLU<T>(Node<T> x, double slope = 0.01) : ElementWise<T>(x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _slope = T.CreateTruncating(slope);

    /// <inheritdoc/>
    protected override void Apply(ReadOnlySpan<T> x, Span<T> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            y[i] = x[i] > T.Zero ? x[i] : _slope * x[i];
        }
    }

    // y' = 1 where x > 0, else slope.

    /// <inheritdoc/>
    protected override void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] = x[i] > T.Zero ? dy[i] : _slope * dy[i];
        }
    }
}
