namespace EE569.Engine.Graphs;

/// <summary>The ids of categories that a graph reads beside its features: a row holds one id for each column. Only <see cref="Embedding{T}"/> reads them.</summary>
/// <remarks>An id counts from 0. Whoever numbers the categories may keep 0 for missing and unknown ones: it is trained as any other.</remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class IdInput<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _counts;

    /// <summary>Creates the node.</summary>
    /// <param name="counts">Number of ids of each column, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no column, or a number is not positive.</exception>
    public IdInput(params ReadOnlySpan<int> counts)
        : base(counts.Length)
    {
        foreach (int count in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count, nameof(counts));
        }

        _counts = counts.ToArray();
    }

    /// <summary>Number of ids of each column.</summary>
    public ReadOnlySpan<int> Counts => _counts;

    /// <summary>The batch, rows x columns.</summary>
    public Matrix<int> Ids { get; private set; } = new(0, 0);

    /// <summary>Presents rows, without copying them.</summary>
    /// <param name="ids">The batch, rows x columns.</param>
    /// <exception cref="ArgumentException">The number of columns is another, or an id is outside its column's; the message names it.</exception>
    public void Set(Matrix<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Columns != Width)
        {
            throw new ArgumentException($"The rows have {ids.Columns} ids, the network expects {Width}.", nameof(ids));
        }

        for (int row = 0; row < ids.Rows; row++)
        {
            Check(ids.Row(row), row);
        }

        (Ids, Rows) = (ids, ids.Rows);
    }

    /// <inheritdoc/>
    public override void Forward()
    {
    }

    /// <inheritdoc/>
    public override void Backward()
    {
    }

    /// <summary>Checks a row.</summary>
    internal void Check(ReadOnlySpan<int> ids, long row)
    {
        for (int column = 0; column < ids.Length; column++)
        {
            if ((uint)ids[column] >= (uint)_counts[column])
            {
                throw new ArgumentException($"Row {row}: id {ids[column]} in id column {column} is outside 0 to {_counts[column] - 1}.", nameof(ids));
            }
        }
    }
}
