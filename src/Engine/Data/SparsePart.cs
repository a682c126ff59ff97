namespace EE569.Engine.Data;

/// <summary>Features as sparse rows. Chosen rows stay where they are.</summary>
/// <param name="data">All rows, or none for a stream.</param>
/// <param name="isSparse">Whether the network reads sparse rows; else each batch is made dense.</param>
internal sealed class SparsePart<T>(CsrMatrix<T> data, bool isSparse) : BatchPart<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CsrMatrix<T> _view = CsrMatrix<T>.CreateBuffer(data.Columns);
    private readonly CsrMatrix<T> _buffer = CsrMatrix<T>.CreateBuffer(data.Columns);
    private readonly Matrix<T> _dense = new(0, data.Columns);
    private CsrMatrix<T> _current = CsrMatrix<T>.CreateBuffer(0);

    public override long Bytes => _buffer.Bytes + _dense.Bytes;

    public override void Show(int first, int rows)
    {
        _view.PointAt(data, first, rows);
        _current = _view;
    }

    public override void Gather(ReadOnlySpan<int> rows)
    {
        _buffer.PointAt(data, rows);
        _current = _buffer;
    }

    public override BatchPart<T> OfBatch() => new SparsePart<T>(_current, isSparse);

    public override void Clear()
    {
        _buffer.Clear();
        _current = _buffer;
    }

    public override void Append(StreamedRow<T> row) => _buffer.Append(row.Indices, row.Values);

    public override void Present(Network<T> network)
    {
        if (isSparse)
        {
            network.Input.Set(_current);
            return;
        }

        _dense.SetRows(_current.Rows);
        _dense.Values.Clear();
        _current.ScatterTo(_dense);
        network.Input.Set(_dense);
    }
}
