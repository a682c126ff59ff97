namespace EE569.Engine.Layers;

/// <summary>A fully connected layer, y = s x W^T + b, with x (batch x inputs), W (outputs x inputs), b (1 x outputs) and a constant s, usually 1.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>
/// Reads sparse rows as well as dense ones; the result is the same up to rounding. With s = 1 / sqrt(inputs) and weights of variance 1 it has
/// the "neural tangent" parametrisation (Jacot et al., 2018), in which the rate of a step need not depend on the width.
/// </remarks>
public sealed class Linear<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly T _scale;
    private T[] _scaledGradient = [];

    /// <summary>Creates the layer.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="weights">W, outputs x inputs.</param>
    /// <param name="bias">b, 1 x outputs.</param>
    /// <param name="scale">s, finite.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Linear(Node<T> x, Parameter<T> weights, Parameter<T> bias, double scale = 1)
        : base((weights ?? throw new ArgumentNullException(nameof(weights))).Rows, x, weights, bias)
    {
        if (weights.Width != x.Width || bias.Rows != 1 || bias.Width != weights.Rows)
        {
            throw new ArgumentException(
                $"Input of width {x.Width}, weights {weights.Rows} x {weights.Width}, bias {bias.Rows} x {bias.Width}: "
                + "the weights must be (outputs x inputs) and the bias (1 x outputs).",
                nameof(weights));
        }

        _scale = double.IsFinite(scale) ? T.CreateTruncating(scale) : throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be finite.");
    }

    /// <summary>The constant s.</summary>
    public double Scale => double.CreateTruncating(_scale);

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
        Span<T> added = _scale == T.One ? b : [];
        if (SparseRows is { } x)
        {
            SparseProduct.Forward(Shape, x, w, added, Value.Values);
        }
        else
        {
            MatrixProduct.Forward(Shape, Inputs[0].Value.Values, w, added, Value.Values, Workers);
        }

        for (int row = 0; added.IsEmpty && row < Rows; row++)
        {
            TensorPrimitives.MultiplyAdd(Value.Row(row), _scale, b, Value.Row(row));
        }
    }

    // With L the loss and G = dL/dy: y_ro = s sum_i x_ri W_oi + b_o, hence with H = s G
    // dL/dW_oi = sum_r H_ro x_ri  (H^T x),   dL/db_o = sum_r G_ro,   dL/dx_ri = sum_o H_ro W_oi  (H W).

    /// <inheritdoc/>
    public override void Backward()
    {
        Span<T> db = Inputs[2].OverwriteGradient(out bool addToBias).Values;
        MatrixProduct.BiasGradient(Shape, Gradient.Values, db, Workers, addToBias);
        ReadOnlySpan<T> dy = ScaledGradient();
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
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => _scaledGradient = [];

    private ReadOnlySpan<T> ScaledGradient()
    {
        Span<T> dy = Gradient.Values;
        if (_scale == T.One)
        {
            return dy;
        }

        Array.Resize(ref _scaledGradient, Math.Max(_scaledGradient.Length, dy.Length));
        TensorPrimitives.Multiply(dy, _scale, _scaledGradient);
        return _scaledGradient.AsSpan(0, dy.Length);
    }
}
