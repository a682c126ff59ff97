namespace EE569.Engine.Layers;

/// <summary>The sum y = a + b of two nodes of one shape, or of a batch and a single row (a bias), which is added to every row.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Add<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Creates the node.</summary>
    /// <param name="a">The batch.</param>
    /// <param name="b">A batch of the same size, or a single row.</param>
    /// <exception cref="ArgumentException">The widths differ.</exception>
    public Add(Node<T> a, Node<T> b)
        : base((a ?? throw new ArgumentNullException(nameof(a))).Width, a, b)
    {
        if (a.Width != b.Width)
        {
            throw new ArgumentException($"Cannot add widths {a.Width} and {b.Width}.", nameof(b));
        }
    }

    /// <inheritdoc/>
    public override void Forward()
    {
        (Matrix<T> a, Matrix<T> b) = (Inputs[0].Value, Inputs[1].Value);
        for (int r = 0; r < Rows; r++)
        {
            TensorPrimitives.Add(a.Row(r), b.Row(b.Rows == 1 ? 0 : r), Value.Row(r));
        }
    }

    // dy/da = dy/db = 1; a single row took part in every row of y, so its gradient is the sum over them.

    /// <inheritdoc/>
    public override void Backward()
    {
        foreach (Node<T> input in Inputs)
        {
            if (!input.NeedsGradient)
            {
                continue;
            }

            Matrix<T> sum = input.Gradient;
            for (int r = 0; r < Rows; r++)
            {
                Span<T> target = sum.Row(sum.Rows == 1 ? 0 : r);
                TensorPrimitives.Add(target, Gradient.Row(r), target);
            }
        }
    }
}
