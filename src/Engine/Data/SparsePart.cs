namespace EE569.Engine.Data;

/// <summary>Features as sparse rows. Chosen rows stay where they are.</summary>
/// <param name="data">All rows, or none for a stream.</param>
internal sealed class SparsePart<T>(CsrMatrix<T> data) : BatchPart<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CsrMatrix<T> _view = CsrMatrix<T>.CreateBuffer(data.Columns);
    private readonly CsrMatrix<T> _buffer = CsrMatrix<T>.CreateBuffer(data.Columns);
    private CsrMatrix<T> _current = CsrMatrix<T>.CreateBuffer(0);

    public override long Bytes => _buffer.Bytes;

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

    public override void Clear()
    {
        _buffer.Clear();
        _current = _buffer;
    }

    public override void Append(StreamedRow<T> row) => _buffer.Append(row.Indices, row.Values);

    public override void Present(Network<T> network) => network.Input.Set(_current);
}
