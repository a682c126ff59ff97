namespace EE569.Engine.Layers;

/// <summary>A fully connected layer for each member of an ensemble, y_i = x_i W_i^T + b_i: every member's rows meet weights of its own.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class MemberLinear<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates the layer.</summary>
    /// <param name="x">The layer's input, with rows of the members, see <see cref="Node{T}.Members"/>.</param>
    /// <param name="weights">W_1, W_2 … below each other, (members outputs) x inputs.</param>
    /// <param name="bias">b, members x outputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public MemberLinear(Node<T> x, Parameter<T> weights, Parameter<T> bias)
        : base((bias ?? throw new ArgumentNullException(nameof(bias))).Width, x, weights, bias)
    {
        if (bias.Rows != x.Members || weights.Rows != bias.Rows * bias.Width || weights.Width != x.Width)
        {
            throw new ArgumentException(
                $"Input of {x.Members} members and width {x.Width}, weights {weights.Rows} x {weights.Width}, bias {bias.Rows} x {bias.Width}: "
                + "the weights must be (members outputs x inputs) and the bias (members x outputs).",
                nameof(weights));
        }
    }

    /// <summary>The layer of one member.</summary>
    private LayerShape Shape => new(Rows / Inputs[2].Rows, Inputs[0].Width, Width);

    /// <inheritdoc/>
    public override void Forward() => Workers.Run(Inputs[2].Rows, new ForwardPart(this));

    // For each member as in Linear: dW_i = dy_i^T x_i, db_i = the sum of the rows of dy_i, dx_i = dy_i W_i.

    /// <inheritdoc/>
    public override void Backward()
    {
        _ = Gradient;
        Inputs[1].OverwriteGradient(out bool addToWeights);
        Inputs[2].OverwriteGradient(out bool addToBias);
        bool addToInput = false;
        _ = Inputs[0].NeedsGradient ? Inputs[0].OverwriteGradient(out addToInput) : null;
        Workers.Run(Inputs[2].Rows, new BackwardPart(this, addToWeights, addToBias, addToInput));
    }

    /// <summary>A member's rows of a matrix.</summary>
    private Span<T> Part(int member, Matrix<T> all)
    {
        int length = all.Values.Length / Inputs[2].Rows;
        return all.Values.Slice(member * length, length);
    }

    private readonly struct ForwardPart(MemberLinear<T> node) : IPartitionedWork
    {
        public void Execute(int member) => MatrixProduct.Forward(
            node.Shape, node.Part(member, node.Inputs[0].Value), node.Part(member, node.Inputs[1].Value), node.Part(member, node.Inputs[2].Value), node.Part(member, node.Value), Workers.Single);
    }

    private readonly struct BackwardPart(MemberLinear<T> node, bool addToWeights, bool addToBias, bool addToInput) : IPartitionedWork
    {
        public void Execute(int member)
        {
            (Node<T> x, Node<T> weights, Node<T> bias) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
            ReadOnlySpan<T> dy = node.Part(member, node.Gradient);
            MatrixProduct.WeightGradient(node.Shape, dy, node.Part(member, x.Value), node.Part(member, weights.Gradient), Workers.Single, addToWeights);
            MatrixProduct.BiasGradient(node.Shape, dy, node.Part(member, bias.Gradient), Workers.Single, addToBias);
            if (x.NeedsGradient)
            {
                MatrixProduct.InputGradient(node.Shape, dy, node.Part(member, weights.Value), node.Part(member, x.Gradient), Workers.Single, addToInput);
            }
        }
    }
}
