namespace EE569.Engine.Layers;

/// <summary>Some columns of a node, y_j = x_c(j).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="x">The node.</param>
/// <param name="columns">The columns, in the order wanted.</param>
/// <exception cref="ArgumentException">There is no such column.</exception>
public sealed class Columns<T>(Node<T> x, IReadOnlyList<int> columns) : Node<T>(CountOf(x, columns), x) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _columns = [.. columns];

    /// <inheritdoc/>
    public override void Forward()
    {
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<T> from = Inputs[0].Value.Row(row);
            Span<T> to = Value.Row(row);
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = from[_columns[i]];
            }
        }
    }

    // Each element of y is one of x, hence dx_c = the sum of dy_j over the j with c(j) = c.

    /// <inheritdoc/>
    public override void Backward()
    {
        for (int row = 0; Inputs[0].NeedsGradient && row < Rows; row++)
        {
            ReadOnlySpan<T> dy = Gradient.Row(row);
            Span<T> dx = Inputs[0].Gradient.Row(row);
            for (int i = 0; i < dy.Length; i++)
            {
                dx[_columns[i]] += dy[i];
            }
        }
    }

    private static int CountOf(Node<T> x, IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(columns);
        return columns.All(column => column >= 0 && column < x.Width)
            ? columns.Count
            : throw new ArgumentException($"Columns {string.Join(", ", columns.Where(column => column < 0 || column >= x.Width))} are none of the {x.Width} of {x.Name}.", nameof(columns));
    }
}
