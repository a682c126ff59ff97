namespace EE569.Engine.Layers;

/// <summary>
/// A learnt vector for each category: the vectors of a row's ids one after the other, y = (E[id_1], E[id_2], …). The columns have parts of
/// the table of their own, column after column.
/// </summary>
/// <remarks>
/// A step reads and changes the vectors of the ids in its batch; with an optimiser that skips gradients of 0 it costs what the batch holds,
/// however long the table is.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Embedding<T> : Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly int[] _firstRows;

    /// <summary>Creates the node.</summary>
    /// <param name="ids">The ids.</param>
    /// <param name="table">The vectors: one row for each id of each column, in the order of <see cref="IdInput{T}.Counts"/>, by the length of a vector.</param>
    /// <exception cref="ArgumentException">The table has another number of rows.</exception>
    public Embedding(IdInput<T> ids, Parameter<T> table)
        : base((ids ?? throw new ArgumentNullException(nameof(ids))).Width * (table ?? throw new ArgumentNullException(nameof(table))).Width, ids, table)
    {
        _firstRows = new int[ids.Width];
        int rows = 0;
        for (int column = 0; column < _firstRows.Length; column++)
        {
            _firstRows[column] = rows;
            rows = checked(rows + ids.Counts[column]);
        }

        if (table.Rows != rows)
        {
            throw new ArgumentException($"The table has {table.Rows} rows for {rows} ids.", nameof(table));
        }
    }

    /// <inheritdoc/>
    internal override bool ReadsIds => true;

    private Matrix<int> Ids => ((IdInput<T>)Inputs[0]).Ids;

    /// <inheritdoc/>
    public override void Forward()
    {
        int length = Inputs[1].Width;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> ids = Ids.Row(row);
            Span<T> y = Value.Row(row);
            for (int column = 0; column < ids.Length; column++)
            {
                Inputs[1].Value.Row(_firstRows[column] + ids[column]).CopyTo(y.Slice(column * length, length));
            }
        }
    }

    // An id's vector stands in y as it is, hence dE[id] = the sum of dy over the places where the id occurs.

    /// <inheritdoc/>
    public override void Backward()
    {
        int length = Inputs[1].Width;
        Matrix<T> gradient = Inputs[1].Gradient;
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<int> ids = Ids.Row(row);
            ReadOnlySpan<T> dy = Gradient.Row(row);
            for (int column = 0; column < ids.Length; column++)
            {
                Span<T> dx = gradient.Row(_firstRows[column] + ids[column]);
                TensorPrimitives.Add(dx, dy.Slice(column * length, length), dx);
            }
        }
    }

    /// <inheritdoc/>
    internal override TouchedBlocks? PartsRead(Parameter<T> parameter, bool isSparse) =>
        parameter == Inputs[1] ? new TouchedRows(parameter.Rows, parameter.Width, VisitRows) : null;

    private void VisitRows(TouchedRows touched)
    {
        for (int row = 0; row < Ids.Rows; row++)
        {
            ReadOnlySpan<int> ids = Ids.Row(row);
            for (int column = 0; column < ids.Length; column++)
            {
                touched.Add(_firstRows[column] + ids[column]);
            }
        }
    }
}
