namespace EE569.Engine.Kernels.Products;

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
    private const int MaximumChunkRows = 512;
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
        bool packsA = _product.A.RowStride == 1 && _product.A.ColumnStride != 1 && endPanel - firstPanel >= PanelsToPackA;
        int packedRows = packsA ? rows / TLanes.TileRows * TLanes.TileRows : 0;

        PackedBlock<T> block = Rent(row, rows, packedRows);
        for (int p = 0; p < _product.Depth; p += _blockDepth)
        {
            block.Start = p;
            block.Depth = Math.Min(_blockDepth, _product.Depth - p);
            block.A = _product.A.From(row, p);
            PackTiles(block);
            for (int panel = firstPanel; panel < endPanel; panel++)
            {
                MultiplyPanel(panel, block);
            }
        }
    }

    private PackedBlock<T> Rent(int row, int rows, int packedRows)
    {
        nint width = VectorsPerPanel * TLanes.Width, lengthA = (nint)_blockDepth * packedRows, lengthB = _blockDepth * width;
        T* memory = (T*)Workspace.Rent((nuint)((lengthA + lengthB + width + (rows * width)) * sizeof(T)));
        T* initial = memory + lengthB + lengthA;
        return new PackedBlock<T>
        {
            Row = row,
            Rows = rows,
            PackedRows = packedRows,
            PackedB = memory,
            PackedA = memory + lengthB,
            Initial = initial,
            Ragged = initial + width,
        };
    }

    private static void PackTiles(in PackedBlock<T> block) =>
        Packing.PackPanels(block.A.Transposed, block.Depth, TLanes.TileRows, block.PackedRows / TLanes.TileRows, block.PackedA);

    private void MultiplyPanel(int panel, in PackedBlock<T> block)
    {
        // Panels of 3 or 2 registers rather than 3 and a last one of 1, which the loads of A would slow down.
        (int narrow, int wider) = Math.DivRem(_vectors, _panels);
        int vectors = narrow + (panel < wider ? 1 : 0), width = vectors * TLanes.Width;
        int column = ((panel * narrow) + Math.Min(panel, wider)) * TLanes.Width;
        int columns = Math.Min(width, _product.Columns - column);

        // A last panel that does not fill its registers is summed beside C and copied at the end.
        T* c = _product.C + ((nint)block.Row * _product.Columns) + column;
        bool isRagged = columns < width, isFirst = block.Start == 0;
        T* sums = isRagged ? block.Ragged : c;
        nint sumRow = isRagged ? width : _product.Columns;
        bool adds = !isFirst || _product.Accumulate;
        if (!adds)
        {
            FillInitial(block.Initial, column, columns, width);
        }
        else if (isRagged && isFirst)
        {
            CopyRows(c, _product.Columns, sums, width, block.Rows, columns);
        }

        Packing.Pack(_product.B.From(block.Start, column), block.Depth, columns, width, block.PackedB);
        MultiplyTiles(block, vectors, new Tile<T>
        {
            B = block.PackedB,
            BStep = width,
            Initial = adds ? sums : block.Initial,
            InitialRow = adds ? sumRow : 0,
            C = sums,
            CRow = sumRow,
            Depth = block.Depth,
        });
        if (isRagged && block.Start + block.Depth == _product.Depth)
        {
            CopyRows(sums, width, c, _product.Columns, block.Rows, columns);
        }
    }

    /// <summary>The packed rows of A, then those read in place.</summary>
    private static void MultiplyTiles(in PackedBlock<T> block, int vectors, Tile<T> tile)
    {
        tile.A = block.PackedA;
        tile.ARow = 1;
        tile.AStep = TLanes.TileRows;
        tile.ADown = block.Depth;
        TileRows.Multiply<T, TVector, TLanes>(block.PackedRows, vectors, tile);

        tile.MoveDown(block.PackedRows);
        tile.A = block.A.At(block.PackedRows, 0);
        tile.ARow = tile.ADown = block.A.RowStride;
        tile.AStep = block.A.ColumnStride;
        TileRows.Multiply<T, TVector, TLanes>(block.Rows - block.PackedRows, vectors, tile);
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
