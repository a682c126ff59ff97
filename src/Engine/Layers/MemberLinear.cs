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
    public override void Forward()
    {
        for (int i = 0; i < Inputs[2].Rows; i++)
        {
            MatrixProduct.Forward(
                Shape, Part(i, Inputs[0].Value), Part(i, Inputs[1].Value), Part(i, Inputs[2].Value), Part(i, Value), Workers);
        }
    }

    // For each member as in Linear: dW_i = dy_i^T x_i, db_i = the sum of the rows of dy_i, dx_i = dy_i W_i.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> weights) = (Inputs[0], Inputs[1]);
        Matrix<T> dw = weights.OverwriteGradient(out bool addToWeights);
        Matrix<T> db = Inputs[2].OverwriteGradient(out bool addToBias);
        bool addToInput = false;
        Matrix<T>? dx = x.NeedsGradient ? x.OverwriteGradient(out addToInput) : null;
        for (int i = 0; i < Inputs[2].Rows; i++)
        {
            ReadOnlySpan<T> dy = Part(i, Gradient);
            MatrixProduct.WeightGradient(Shape, dy, Part(i, x.Value), Part(i, dw), Workers, addToWeights);
            MatrixProduct.BiasGradient(Shape, dy, Part(i, db), addToBias);
            if (dx is not null)
            {
                MatrixProduct.InputGradient(Shape, dy, Part(i, weights.Value), Part(i, dx), Workers, addToInput);
            }
        }
    }

    /// <summary>A member's rows of a matrix.</summary>
    private Span<T> Part(int member, Matrix<T> all)
    {
        int length = all.Values.Length / Inputs[2].Rows;
        return all.Values.Slice(member * length, length);
    }
}
