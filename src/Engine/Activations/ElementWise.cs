namespace EE569.Engine.Activations;

/// <summary>A function applied to every element on its own: y = f(x), dx = dy f'(x).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The argument.</param>
public abstract class ElementWise<T>(Node<T> x) : Node<T>((x ?? throw new ArgumentNullException(nameof(x))).Width, x)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private T[] _share = [];

    /// <summary>Writes f(x) to y.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Results.</param>
    protected abstract void Apply(ReadOnlySpan<T> x, Span<T> y);

    /// <summary>Writes dy f'(x) to dx.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Results, f(x).</param>
    /// <param name="dy">Gradient by the results.</param>
    /// <param name="dx">Gradient by the arguments, overwritten.</param>
    protected abstract void ApplyGradient(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);

    /// <inheritdoc/>
    public sealed override void Forward() => Apply(Inputs[0].Value.Values, Value.Values);

    /// <inheritdoc/>
    public sealed override void Backward()
    {
        Node<T> x = Inputs[0];
        if (!x.NeedsGradient)
        {
            return;
        }

        Span<T> dx = x.OverwriteGradient(out bool accumulate).Values;
        if (!accumulate)
        {
            ApplyGradient(x.Value.Values, Value.Values, Gradient.Values, dx);
            return;
        }

        if (_share.Length < dx.Length)
        {
            _share = new T[dx.Length];
        }

        Span<T> added = _share.AsSpan(0, dx.Length);
        ApplyGradient(x.Value.Values, Value.Values, Gradient.Values, added);
        TensorPrimitives.Add(dx, added, dx);
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _share = [];
}
