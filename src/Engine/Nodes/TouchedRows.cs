using EE569.Engine.Optimizers;

namespace EE569.Engine.Nodes;

/// <summary>Rows of a table, each a block of one long line, in the order in which a batch first names them. Collecting costs what the batch holds.</summary>
/// <param name="rows">Rows of the table.</param>
/// <param name="rowLength">Elements of a row.</param>
/// <param name="visit">Adds the rows of the present batch.</param>
internal sealed class TouchedRows(int rows, int rowLength, Action<TouchedRows> visit) : TouchedBlocks(1, rows * rowLength, rowLength)
{
    private readonly bool[] isTouched = new bool[rows];
    private ElementRun[] runs = [];
    private int count;

    public override ReadOnlySpan<ElementRun> Runs => runs.AsSpan(0, count);

    public override void Clear()
    {
        foreach (ElementRun run in Runs)
        {
            isTouched[run.First / BlockLength] = false;
        }

        count = 0;
    }

    public override void Collect()
    {
        Clear();
        visit(this);
    }

    public void Add(int row)
    {
        if (isTouched[row])
        {
            return;
        }

        isTouched[row] = true;
        if (count == runs.Length)
        {
            Array.Resize(ref runs, Math.Max(64, 2 * count));
        }

        runs[count++] = new ElementRun(row * BlockLength, BlockLength);
    }
}
