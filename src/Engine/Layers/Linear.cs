namespace EE569.Engine.Layers;

/// <summary>A fully connected layer, y = x W^T + b, with x (batch x inputs), W (outputs x inputs), b (1 x outputs).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Reads sparse rows as well as dense ones; the result is the same up to rounding.</remarks>
public sealed class Linear<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="weights">W, outputs x inputs.</param>
    /// <param name="bias">b, 1 x outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Linear(Node<T> x, Parameter<T> weights, Parameter<T> bias)
        : base((weights ?? throw new ArgumentNullException(nameof(weights))).Rows, x, weights, bias)
    {
        if (weights.Width != x.Width || bias.Rows != 1 || bias.Width != weights.Rows)
        {
            throw new ArgumentException(
                $"Input of width {x.Width}, weights {weights.Rows} x {weights.Width}, bias {bias.Rows} x {bias.Width}: "
                + "the weights must be (outputs x inputs) and the bias (1 x outputs).",
                nameof(weights));
        }
    }

    internal override string Description => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name} {Inputs[0].Width} to {Width}");

    /// <inheritdoc/>
    internal override bool ReadsSparseRows => true;

    internal override double DenseFrom => SparseProduct.DenseFrom(Inputs[0].Width, Width);

    /// <inheritdoc/>
    internal override TouchedBlocks? PartsRead(Parameter<T> parameter, bool isSparse) =>
        isSparse && parameter == Inputs[1] && Inputs[0] is Input<T> input ? new TouchedColumns<T>(input, parameter) : null;

    private LayerShape Shape => new(Rows, Inputs[0].Width, Width);

    private CsrMatrix<T>? SparseRows => (Inputs[0] as Input<T>)?.Sparse;

    /// <inheritdoc/>
    public override void Forward()
    {
        Span<T> w = Inputs[1].Value.Values;
        Span<T> b = Inputs[2].Value.Values;
        if (SparseRows is { } x)
        {
            SparseProduct.Forward(Shape, x, w, b, Value.Values);
        }
        else
        {
            MatrixProduct.Forward(Shape, Inputs[0].Value.Values, w, b, Value.Values, Workers);
        }
    }

    // With L the loss and G = dL/dy: y_ro = sum_i x_ri W_oi + b_o, hence
    // dL/dW_oi = sum_r G_ro x_ri  (G^T x),   dL/db_o = sum_r G_ro,   dL/dx_ri = sum_o G_ro W_oi  (G W).

    /// <inheritdoc/>
    public override void Backward()
    {
        ReadOnlySpan<T> dy = Gradient.Values;
        Node<T> weights = Inputs[1];
        if (SparseRows is { } sparse)
        {
            SparseProduct.WeightGradient(Shape, dy, sparse, weights.Gradient.Values);
        }
        else
        {
            Node<T> x = Inputs[0];
            Span<T> dw = weights.OverwriteGradient(out bool addToWeights).Values;
            MatrixProduct.WeightGradient(Shape, dy, x.Value.Values, dw, Workers, addToWeights);
            if (x.NeedsGradient)
            {
                Span<T> dx = x.OverwriteGradient(out bool addToInput).Values;
                MatrixProduct.InputGradient(Shape, dy, weights.Value.Values, dx, Workers, addToInput);
            }
        }

        Span<T> db = Inputs[2].OverwriteGradient(out bool addToBias).Values;
        MatrixProduct.BiasGradient(Shape, dy, db, addToBias);
    }
}
