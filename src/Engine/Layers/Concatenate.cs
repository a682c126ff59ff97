namespace EE569.Engine.Layers;

/// <summary>The columns of several nodes side by side, y = (a, b, …).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="parts">Nodes of as many rows each.</param>
public sealed class Concatenate<T>(params ReadOnlySpan<Node<T>> parts) : Node<T>(TotalWidth(parts), parts) where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public override void Forward()
    {
        int first = 0;
        foreach (Node<T> part in Inputs)
        {
            for (int row = 0; row < Rows; row++)
            {
                part.Value.Row(row).CopyTo(Value.Row(row)[first..]);
            }

            first += part.Width;
        }
    }

    // Each element of a part stands in y as it is, hence da = the columns of dy where a stands.

    /// <inheritdoc/>
    public override void Backward()
    {
        int first = 0;
        foreach (Node<T> part in Inputs)
        {
            bool accumulate = false;
            Matrix<T>? dx = part.NeedsGradient ? part.OverwriteGradient(out accumulate) : null;
            for (int row = 0; row < dx?.Rows; row++)
            {
                Span<T> share = dx.Row(row);
                ReadOnlySpan<T> dy = Gradient.Row(row).Slice(first, part.Width);
                if (accumulate)
                {
                    TensorPrimitives.Add(share, dy, share);
                }
                else
                {
                    dy.CopyTo(share);
                }
            }

            first += part.Width;
        }
    }

    private static int TotalWidth(ReadOnlySpan<Node<T>> parts)
    {
        int width = 0;
        foreach (Node<T> part in parts)
        {
            width += part.Width;
        }

        return width;
    }
}
