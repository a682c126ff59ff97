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
    public sealed override void Forward() => Workers.Run(Parts.Count, new ForwardPart(this));

    /// <inheritdoc/>
    public sealed override void Backward()
    {
        Node<T> x = Inputs[0];
        if (!x.NeedsGradient)
        {
            return;
        }

        _ = Gradient;
        int length = x.OverwriteGradient(out bool accumulate).Values.Length;
        if (accumulate && _share.Length < length)
        {
            _share = new T[length];
        }

        Workers.Run(Parts.Count, new BackwardPart(this, accumulate));
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _share = [];

    private RowParts Parts => new(Value.Values.Length, 1);

    private readonly struct ForwardPart(ElementWise<T> node) : IPartitionedWork
    {
        public void Execute(int part)
        {
            (int first, int end) = node.Parts[part];
            Range own = first..end;
            Span<T> y = node.Value.Values;
            node.Apply(node.Inputs[0].Value.Values[own], y[own]);
        }
    }

    private readonly struct BackwardPart(ElementWise<T> node, bool accumulate) : IPartitionedWork
    {
        public void Execute(int part)
        {
            Node<T> x = node.Inputs[0];
            (int first, int end) = node.Parts[part];
            Range own = first..end;
            Span<T> y = node.Value.Values;
            Span<T> dx = x.Gradient.Values[own];
            Span<T> result = accumulate ? node._share.AsSpan(own) : dx;
            node.ApplyGradient(x.Value.Values[own], y[own], node.Gradient.Values[own], result);
            if (accumulate)
            {
                TensorPrimitives.Add(dx, result, dx);
            }
        }
    }
}
