namespace EE569.Engine.Layers;

/// <summary>The product y = x W^T alone. <see cref="Multiply{T}"/> followed by <see cref="Add{T}"/> equals <see cref="Linear{T}"/>, which replaces the pair.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Multiply<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates the node.</summary>
    /// <param name="x">Left factor, batch x inputs.</param>
    /// <param name="weights">W, outputs x inputs.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public Multiply(Node<T> x, Parameter<T> weights)
        : base((weights ?? throw new ArgumentNullException(nameof(weights))).Rows, x, weights)
    {
        if (weights.Width != x.Width)
        {
            throw new ArgumentException($"The input has {x.Width} columns, the weights {weights.Width}; they must agree.", nameof(weights));
        }
    }

    private LayerShape Shape => new(Rows, Inputs[0].Width, Width);

    /// <inheritdoc/>
    public override void Forward() =>
        MatrixProduct.Forward(Shape, Inputs[0].Value.Values, Inputs[1].Value.Values, [], Value.Values, Workers);

    // dW = dy^T x and dx = dy W, as in Linear.

    /// <inheritdoc/>
    public override void Backward()
    {
        (Node<T> x, Node<T> weights) = (Inputs[0], Inputs[1]);
        Span<T> dw = weights.OverwriteGradient(out bool addToWeights).Values;
        MatrixProduct.WeightGradient(Shape, Gradient.Values, x.Value.Values, dw, Workers, addToWeights);
        if (x.NeedsGradient)
        {
            Span<T> dx = x.OverwriteGradient(out bool addToInput).Values;
            MatrixProduct.InputGradient(Shape, Gradient.Values, weights.Value.Values, dx, Workers, addToInput);
        }
    }
}
