using System.Numerics;

namespace EE569.Engine.Data;

/// <summary>Features as sparse rows. Chosen rows stay where they are.</summary>
/// <param name="data">All rows, or none for a stream.</param>
internal sealed class SparsePart<T>(CsrMatrix<T> data) : BatchPart<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly CsrMatrix<T> view = CsrMatrix<T>.CreateBuffer(data.Columns);
    private readonly CsrMatrix<T> buffer = CsrMatrix<T>.CreateBuffer(data.Columns);
    private CsrMatrix<T> current = CsrMatrix<T>.CreateBuffer(0);

    public override long Bytes => buffer.Bytes;

    public override void Show(int first, int rows)
    {
        view.PointAt(data, first, rows);
        current = view;
    }

    public override void Gather(ReadOnlySpan<int> rows)
    {
        buffer.PointAt(data, rows);
        current = buffer;
    }

    public override void Clear()
    {
        buffer.Clear();
        current = buffer;
    }

    public override void Append(StreamedRow<T> row) => buffer.Append(row.Indices, row.Values);

    public override void Present(Network<T> network) => network.Input.Set(current);
}
