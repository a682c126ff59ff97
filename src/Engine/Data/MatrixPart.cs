namespace EE569.Engine.Data;

/// <summary>A part that is a matrix.</summary>
/// <param name="data">All rows, or none for a stream.</param>
internal abstract class MatrixPart<T, TElement>(Matrix<TElement> data) : BatchPart<T>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TElement : unmanaged, INumberBase<TElement>
{
    private readonly Matrix<TElement> _view = new(0, data.Columns);
    private readonly Matrix<TElement> _buffer = new(0, data.Columns);

    public sealed override long Bytes => _buffer.Bytes;

    private protected Matrix<TElement> Current { get; private set; } = new(0, 0);

    public sealed override void Show(int first, int rows)
    {
        _view.PointAt(data, first, rows);
        Current = _view;
    }

    public sealed override void Gather(ReadOnlySpan<int> rows)
    {
        _buffer.Gather(data, rows);
        Current = _buffer;
    }

    public sealed override void Clear()
    {
        _buffer.SetRows(0);
        Current = _buffer;
    }

    public sealed override void Append(StreamedRow<T> row) => _buffer.Append(Of(row));

    private protected abstract ReadOnlySpan<TElement> Of(StreamedRow<T> row);
}
