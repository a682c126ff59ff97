using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EE569.Engine.Optimizers;

namespace EE569.Engine.Training;

/// <summary>
/// The columns that a batch of sparse rows holds, rounded to blocks of a few neighbours, as ascending runs of columns, so that what is done
/// to them is done by vectors. Collecting costs what the batch holds, and a byte for each block there is.
/// </summary>
internal sealed class TouchedColumns
{
    /// <summary>Columns of a block.</summary>
    public const int BlockLength = 8;

    private const byte Mark = 0xFF;

    private readonly int columns;
    private readonly byte[] marks;
    private readonly ElementRun[] runs;
    private int count;

    /// <param name="columns">Number of columns there are.</param>
    public TouchedColumns(int columns)
    {
        this.columns = columns;
        int blocks = (columns + BlockLength - 1) / BlockLength;
        // One group more than the blocks fill: the zeros behind them end the last run.
        marks = new byte[(blocks / Vector128<byte>.Count + 1) * Vector128<byte>.Count];
        runs = new ElementRun[blocks / 2 + 1];
    }

    /// <summary>The touched columns and their neighbours in a block.</summary>
    public ReadOnlySpan<ElementRun> Runs => runs.AsSpan(0, count);

    /// <summary>Forgets all columns.</summary>
    public void Clear() => count = 0;

    /// <summary>Makes these the columns of a batch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Collect<T>(CsrMatrix<T> batch) where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int row = 0; row < batch.Rows; row++)
        {
            foreach (int column in batch.Indices(row))
            {
                marks[(uint)column / BlockLength] = Mark;
            }
        }

        FindRuns();
        marks.AsSpan().Clear();
    }

    /// <summary>A run begins where a mark follows none, and ends where none follows a mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRuns()
    {
        count = 0;
        int firstBlock = -1;
        uint last = 0;
        for (int group = 0; group < marks.Length; group += Vector128<byte>.Count)
        {
            uint bits = Vector128.Create(marks, group).ExtractMostSignificantBits();
            for (uint changes = (bits ^ (bits << 1 | last)) & 0xFFFF; changes != 0; changes &= changes - 1)
            {
                int block = group + BitOperations.TrailingZeroCount(changes);
                if (firstBlock < 0)
                {
                    firstBlock = block;
                    continue;
                }

                int first = firstBlock * BlockLength;
                runs[count++] = new ElementRun(first, Math.Min(block * BlockLength, columns) - first);
                firstBlock = -1;
            }

            last = bits >> (Vector128<byte>.Count - 1);
        }
    }
}
