namespace EE569.Engine.Graphs;

/// <summary>Rows of a table, each a block of one long line, in the order in which a batch first names them. Collecting costs what the batch holds.</summary>
/// <param name="rows">Rows of the table.</param>
/// <param name="rowLength">Elements of a row.</param>
/// <param name="visit">Adds the rows of the present batch.</param>
internal sealed class TouchedRows(int rows, int rowLength, Action<TouchedRows> visit) : TouchedBlocks(1, rows * rowLength, rowLength)
{
    private readonly bool[] _isTouched = new bool[rows];
    private ElementRun[] _runs = [];
    private int _count;

    public override ReadOnlySpan<ElementRun> Runs => _runs.AsSpan(0, _count);

    public override void Clear()
    {
        foreach (ElementRun run in Runs)
        {
            _isTouched[run.First / BlockLength] = false;
        }

        _count = 0;
    }

    public override void Collect()
    {
        Clear();
        visit(this);
    }

    public void Add(int row)
    {
        if (_isTouched[row])
        {
            return;
        }

        _isTouched[row] = true;
        if (_count == _runs.Length)
        {
            Array.Resize(ref _runs, Math.Max(64, 2 * _count));
        }

        _runs[_count++] = new ElementRun(row * BlockLength, BlockLength);
    }
}
