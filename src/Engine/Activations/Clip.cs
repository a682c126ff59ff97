namespace EE569.Engine.Activations;

/// <summary>Limits predictions to a range, y = min(max(x, low), high); while training it passes everything on, so that no gradient is lost.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Clip<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _low;
    private readonly T _high;

    /// <summary>Creates the node.</summary>
    /// <param name="x">What to limit.</param>
    /// <param name="low">The smallest prediction.</param>
    /// <param name="high">The largest, not below it.</param>
    /// <exception cref="ArgumentException">The range is empty or not a number.</exception>
    public Clip(Node<T> x, double low, double high)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width, x)
    {
        if (!(low <= high))
        {
            throw new ArgumentException($"The range from {low} to {high} is empty.", nameof(high));
        }

        (_low, _high) = (T.CreateTruncating(low), T.CreateTruncating(high));
    }

    /// <inheritdoc/>
    public override void Forward()
    {
        ReadOnlySpan<T> x = Inputs[0].Value.Values;
        if (IsTraining)
        {
            x.CopyTo(Value.Values);
        }
        else
        {
            TensorPrimitives.Clamp(x, _low, _high, Value.Values);
        }
    }

    // While training dx = dy; else dx = dy within the range and 0 outside.

    /// <inheritdoc/>
    public override void Backward()
    {
        if (!Inputs[0].NeedsGradient)
        {
            return;
        }

        ReadOnlySpan<T> x = Inputs[0].Value.Values;
        ReadOnlySpan<T> dy = Gradient.Values;
        Span<T> dx = Inputs[0].Gradient.Values;
        for (int i = 0; i < dx.Length; i++)
        {
            dx[i] += IsTraining || (x[i] >= _low && x[i] <= _high) ? dy[i] : T.Zero;
        }
    }
}
