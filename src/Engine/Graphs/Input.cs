namespace EE569.Engine.Graphs;

/// <summary>The batch a graph reads: examples are rows, features are columns. No gradient flows into it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="width">Number of features.</param>
public sealed class Input<T>(int width) : Node<T>(width) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Matrix<T> _noRows = new(0, width);

    /// <summary>The rows when they are sparse, else null.</summary>
    public CsrMatrix<T>? Sparse { get; private set; }

    /// <summary>The first consumer that needs dense rows, if any.</summary>
    internal Node<T>? DenseConsumer { get; set; }

    /// <summary>Presents dense rows, without copying them.</summary>
    /// <param name="rows">The batch.</param>
    /// <exception cref="ArgumentException">The number of columns differs from <see cref="Node{T}.Width"/>.</exception>
    public void Set(Matrix<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckWidth(rows.Columns);
        (Value, Sparse, Rows) = (rows, null, rows.Rows);
    }

    /// <summary>Presents sparse rows, without copying them; only <see cref="Linear{T}"/> reads them.</summary>
    /// <param name="rows">The batch.</param>
    /// <exception cref="ArgumentException">The number of columns differs from <see cref="Node{T}.Width"/>.</exception>
    /// <exception cref="InvalidOperationException">A node other than <see cref="Linear{T}"/> reads this input.</exception>
    public void Set(CsrMatrix<T> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        CheckWidth(rows.Columns);
        if (DenseConsumer is not null)
        {
            throw new InvalidOperationException($"{DenseConsumer.Name} reads the input directly and needs dense rows; only Linear reads sparse ones.");
        }

        (Value, Sparse, Rows) = (_noRows, rows, rows.Rows);
    }

    /// <inheritdoc/>
    public override void Forward()
    {
    }

    /// <inheritdoc/>
    public override void Backward()
    {
    }

    /// <inheritdoc/>
    protected override void OwnBuffers() => Sparse = null;

    private void CheckWidth(int columns)
    {
        if (columns != Width)
        {
            throw new ArgumentException($"The rows have {columns} features, the network expects {Width}.", nameof(columns));
        }
    }
}
