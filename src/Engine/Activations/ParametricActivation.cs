namespace EE569.Engine.Activations;

/// <summary>An activation that a learnt factor a for each column blends with the identity, y = x + a (f(x) - x) (Holzmüller et al., 2024).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ParametricActivation<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int PartColumns = 64;

    private Matrix<T> _differences;

    /// <summary>Creates the node.</summary>
    /// <param name="x">The argument.</param>
    /// <param name="activated">f(x), of the same shape.</param>
    /// <param name="factors">a, 1 x columns.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public ParametricActivation(Node<T> x, Node<T> activated, Parameter<T> factors)
        : base((x ?? throw new ArgumentNullException(nameof(x))).Width, x, activated, factors)
    {
        if (activated.Width != x.Width || factors.Width != x.Width || factors.Rows != 1)
        {
            throw new ArgumentException($"x has {x.Width} columns, f(x) {activated.Width}, the factors are {factors.Rows} x {factors.Width}.", nameof(factors));
        }

        _differences = new Matrix<T>(0, Width);
    }

    private RowParts Parts => new(Rows, Width);

    /// <inheritdoc/>
    public override void Forward()
    {
        _differences.SetRows(Rows);
        Workers.Run(Parts.Count, new ForwardPart(this));
    }

    // y_rc = (1 - a_c) x_rc + a_c f_rc, hence df = a dy, dx = dy - df, da_c = sum_r (f_rc - x_rc) dy_rc.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> f) = (Inputs[0], Inputs[1]);
        _ = Gradient;
        _ = Inputs[2].Gradient;
        Workers.Run((Width + PartColumns - 1) / PartColumns, new FactorPart(this));
        if (x.NeedsGradient)
        {
            x.OverwriteGradient(out bool addToX);
            f.OverwriteGradient(out bool addToF);
            Workers.Run(Parts.Count, new InputPart(this, addToX, addToF));
        }
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _differences = new Matrix<T>(0, Width);

    private readonly struct ForwardPart(ParametricActivation<T> node) : IPartitionedWork
    {
        public void Execute(int part)
        {
            ReadOnlySpan<T> a = node.Inputs[2].Value.Values;
            (int first, int end) = node.Parts[part];
            for (int row = first; row < end; row++)
            {
                ReadOnlySpan<T> x = node.Inputs[0].Value.Row(row);
                Span<T> difference = node._differences.Row(row);
                TensorPrimitives.Subtract(node.Inputs[1].Value.Row(row), x, difference);
                TensorPrimitives.MultiplyAdd(difference, a, x, node.Value.Row(row));
            }
        }
    }

    /// <summary>The gradient of some factors, summed in the order of the rows.</summary>
    private readonly struct FactorPart(ParametricActivation<T> node) : IPartitionedWork
    {
        public void Execute(int part)
        {
            int first = part * PartColumns, length = Math.Min(PartColumns, node.Width - first);
            Span<T> da = node.Inputs[2].Gradient.Values.Slice(first, length);
            for (int row = 0; row < node.Rows; row++)
            {
                TensorPrimitives.MultiplyAdd(node.Gradient.Row(row).Slice(first, length), node._differences.Row(row).Slice(first, length), da, da);
            }
        }
    }

    /// <summary>The gradients of x and f(x) in some rows.</summary>
    private readonly struct InputPart(ParametricActivation<T> node, bool addToX, bool addToF) : IPartitionedWork
    {
        public void Execute(int part)
        {
            ReadOnlySpan<T> a = node.Inputs[2].Value.Values;
            (int first, int end) = node.Parts[part];
            for (int row = first; row < end; row++)
            {
                ReadOnlySpan<T> dy = node.Gradient.Row(row);
                Span<T> share = node._differences.Row(row);
                Span<T> dx = node.Inputs[0].Gradient.Row(row);
                Span<T> df = node.Inputs[1].Gradient.Row(row);
                TensorPrimitives.Multiply(dy, a, share);
                if (addToF)
                {
                    TensorPrimitives.Add(df, share, df);
                }
                else
                {
                    share.CopyTo(df);
                }

                if (addToX)
                {
                    TensorPrimitives.Add(dx, dy, dx);
                    TensorPrimitives.Subtract(dx, share, dx);
                }
                else
                {
                    TensorPrimitives.Subtract(dy, share, dx);
                }
            }
        }
    }
}
