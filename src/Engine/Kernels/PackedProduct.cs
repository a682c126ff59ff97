using System.Numerics;
using System.Runtime.CompilerServices;

namespace EE569.Engine.Kernels;

/// <summary>
/// The product for shapes with enough rows to repay packing. C is cut into parts: some column panels, as wide as a register tile, of
/// a chunk of rows. A part goes along the depth in blocks: the block of A and a packed panel of B stay in the
/// second-level cache, one tile of C in registers. Every element of C is summed by one thread in ascending depth, so no partition changes a bit.
/// </summary>
internal readonly unsafe struct PackedProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private const int MaximumBlockDepth = 1024;
    private const int MaximumChunkRows = 256;
    private const int MinimumChunkRows = 32;
    private const int VectorsPerPanel = 3;
    private const int PartsPerThread = 4;

    /// <summary>Panels from which copying the tiles of A costs less than reading an A of adjacent columns again and again.</summary>
    private const int PanelsToPackA = 5;

    private readonly Product<T> _product;
    private readonly int _vectors;
    private readonly int _panels;
    private readonly int _groups;
    private readonly int _chunkRows;
    private readonly int _blockDepth;

    private PackedProduct(in Product<T> product, int threads)
    {
        _product = product;
        _vectors = DivideUp(product.Columns, TLanes.Width);
        _panels = DivideUp(_vectors, VectorsPerPanel);
        int parts = threads == 1 ? 1 : threads * PartsPerThread;
        int chunks = DivideUp(product.Rows, MaximumChunkRows);
        _groups = Math.Min(_panels, DivideUp(parts, chunks));
        int rows = DivideUp(product.Rows, Math.Max(chunks, DivideUp(parts, _groups)));
        _chunkRows = Math.Max(MinimumChunkRows, DivideUp(rows, TLanes.TileRows) * TLanes.TileRows);
        _blockDepth = DivideUp(product.Depth, DivideUp(product.Depth, MaximumBlockDepth));
    }

    private int Chunks => DivideUp(_product.Rows, _chunkRows);

    public static void Multiply(in Product<T> product, Workers workers)
    {
        var work = new PackedProduct<T, TVector, TLanes>(product, workers.Count);
        workers.Run(work._groups * work.Chunks, work);
    }

    public void Execute(int part)
    {
        (int group, int chunk) = Math.DivRem(part, Chunks);
        int firstPanel = (int)((long)group * _panels / _groups);
        int endPanel = (int)((group + 1L) * _panels / _groups);
        int row = chunk * _chunkRows;
        int rows = Math.Min(_chunkRows, _product.Rows - row);
        bool packsA = _product.A.ColumnStride != 1 && endPanel - firstPanel >= PanelsToPackA;
        int packedRows = packsA ? rows / TLanes.TileRows * TLanes.TileRows : 0;

        int width = VectorsPerPanel * TLanes.Width;
        nint lengthB = (nint)_blockDepth * width, lengthA = (nint)_blockDepth * packedRows;
        T* packedB = (T*)Workspace.Rent((nuint)((lengthB + lengthA + ((rows + 1) * width)) * sizeof(T)));
        T* packedA = packedB + lengthB;
        T* sums = packedA + lengthA;
        for (int p = 0; p < _product.Depth; p += _blockDepth)
        {
            int depth = Math.Min(_blockDepth, _product.Depth - p);
            Operand<T> a = _product.A.From(row, p);
            PackTiles(a, depth, packedRows, packedA);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                MultiplyPanel(panel, row, rows, p, depth, a, packedA, packedRows, packedB, sums);
            }
        }
    }

    private static void PackTiles(Operand<T> a, int depth, int rows, T* packed)
    {
        for (int row = 0; row < rows; row += TLanes.TileRows)
        {
            Packing.Pack(a.From(row, 0).Transposed, depth, TLanes.TileRows, TLanes.TileRows, packed + ((nint)row * depth));
        }
    }

    private void MultiplyPanel(
        int panel, int row, int rows, int p, int depth, Operand<T> a, T* packedA, int packedRows, T* packedB, T* scratch)
    {
        // Panels of 3 or 2 registers rather than 3 and a last one of 1, which the loads of A would slow down.
        (int narrow, int wider) = Math.DivRem(_vectors, _panels);
        int vectors = narrow + (panel < wider ? 1 : 0);
        int column = ((panel * narrow) + Math.Min(panel, wider)) * TLanes.Width;
        int width = vectors * TLanes.Width;
        int columns = Math.Min(width, _product.Columns - column);

        // A last panel that does not fill its registers is summed beside C and copied at the end.
        T* c = _product.C + ((nint)row * _product.Columns) + column;
        bool ragged = columns < width;
        T* sums = ragged ? scratch + width : c;
        nint sumRow = ragged ? width : _product.Columns;
        bool add = p > 0 || _product.Accumulate;
        if (!add)
        {
            FillInitial(scratch, column, columns, width);
        }
        else if (ragged && p == 0)
        {
            CopyRows(c, _product.Columns, sums, width, rows, columns);
        }

        Packing.Pack(_product.B.From(p, column), depth, columns, width, packedB);
        var tile = new Tile<T>
        {
            A = packedA,
            ARow = 1,
            AStep = TLanes.TileRows,
            ADown = depth,
            B = packedB,
            BStep = width,
            Initial = add ? sums : scratch,
            InitialRow = add ? sumRow : 0,
            C = sums,
            CRow = sumRow,
            Depth = depth,
        };
        TileRows.Multiply<T, TVector, TLanes>(packedRows, vectors, tile);
        tile.MoveDown(packedRows);
        tile.A = a.At(packedRows, 0);
        tile.ARow = tile.ADown = a.RowStride;
        tile.AStep = a.ColumnStride;
        TileRows.Multiply<T, TVector, TLanes>(rows - packedRows, vectors, tile);

        if (ragged && p + depth == _product.Depth)
        {
            CopyRows(sums, width, c, _product.Columns, rows, columns);
        }
    }

    private void FillInitial(T* initial, int column, int columns, int width)
    {
        var values = new Span<T>(initial, width);
        values.Clear();
        if (_product.Bias != null)
        {
            new ReadOnlySpan<T>(_product.Bias + column, columns).CopyTo(values);
        }
    }

    private static void CopyRows(T* from, nint fromRow, T* to, nint toRow, int rows, int columns)
    {
        for (int r = 0; r < rows; r++)
        {
            new ReadOnlySpan<T>(from + (r * fromRow), columns).CopyTo(new Span<T>(to + (r * toRow), columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int DivideUp(int value, int divisor) => (value + divisor - 1) / divisor;
}
