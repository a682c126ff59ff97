using System.Runtime.Intrinsics;

namespace EE569.Engine.Graphs;

/// <summary>
/// The columns that a batch of sparse rows holds, rounded to blocks of a few neighbours, as ascending runs of columns. Collecting costs what
/// the batch holds, and a byte for each block there is.
/// </summary>
internal sealed class TouchedColumns<T> : TouchedBlocks where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int ColumnsOfABlock = 8;
    private const byte Mark = 0xFF;

    private readonly Input<T> _input;
    private readonly byte[] _marks;
    private readonly ElementRun[] _runs;
    private int _count;

    /// <param name="input">Where the rows come from.</param>
    /// <param name="weights">The weights that meet them, outputs x columns.</param>
    public TouchedColumns(Input<T> input, Parameter<T> weights)
        : base(weights.Rows, weights.Width, ColumnsOfABlock)
    {
        _input = input;
        // One group more than the blocks fill: the zeros behind them end the last run.
        _marks = new byte[(Blocks / Vector128<byte>.Count + 1) * Vector128<byte>.Count];
        _runs = new ElementRun[Blocks / 2 + 1];
    }

    public override ReadOnlySpan<ElementRun> Runs => _runs.AsSpan(0, _count);

    public override void Clear() => _count = 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Collect()
    {
        CsrMatrix<T> batch = _input.Sparse!;
        for (int row = 0; row < batch.Rows; row++)
        {
            foreach (int column in batch.Indices(row))
            {
                _marks[(uint)column / ColumnsOfABlock] = Mark;
            }
        }

        FindRuns();
        _marks.AsSpan().Clear();
    }

    /// <summary>A run begins where a mark follows none, and ends where none follows a mark.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindRuns()
    {
        _count = 0;
        int firstBlock = -1;
        uint last = 0;
        for (int group = 0; group < _marks.Length; group += Vector128<byte>.Count)
        {
            uint bits = Vector128.Create(_marks, group).ExtractMostSignificantBits();
            for (uint changes = (bits ^ (bits << 1 | last)) & 0xFFFF; changes != 0; changes &= changes - 1)
            {
                int block = group + BitOperations.TrailingZeroCount(changes);
                if (firstBlock < 0)
                {
                    firstBlock = block;
                    continue;
                }

                int first = firstBlock * ColumnsOfABlock;
                _runs[_count++] = new ElementRun(first, Math.Min(block * ColumnsOfABlock, LineLength) - first);
                firstBlock = -1;
            }

            last = bits >> (Vector128<byte>.Count - 1);
        }
    }
}
