namespace EE569.Engine.Kernels.Products;

/// <summary>
/// The product for few rows and a row-major B of at least one register's columns: packing would cost more than it saves, so the tiles
/// read B in place. The last tile of a part reaches back over columns already done instead of ending early; it computes
/// them again to the same bits, which is why C is overwritten, not added to.
/// </summary>
internal readonly unsafe struct DirectProduct<T, TVector, TLanes> : IPartitionedWork
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private const int MaximumVectors = 3;
    private const int PartsPerThread = 4;

    private readonly Product<T> _product;
    private readonly int _partColumns;

    private DirectProduct(in Product<T> product, int threads)
    {
        _product = product;
        int tiles = Math.Max(1, product.Columns / (MaximumVectors * TLanes.Width));
        int parts = threads == 1 ? 1 : Math.Min(tiles, threads * PartsPerThread);
        _partColumns = (tiles / parts) * MaximumVectors * TLanes.Width;
        Parts = parts;
    }

    private int Parts { get; }

    public static void Multiply(in Product<T> product, Workers workers)
    {
        var work = new DirectProduct<T, TVector, TLanes>(product, workers.Count);
        workers.Run(work.Parts, work);
    }

    public void Execute(int part)
    {
        int column = part * _partColumns;
        int end = part == Parts - 1 ? _product.Columns : column + _partColumns;
        T* zeros = stackalloc T[MaximumVectors * TLanes.Width];
        while (column < end)
        {
            int vectors = Math.Clamp((end - column) / TLanes.Width, 1, MaximumVectors);
            int from = Math.Min(column, end - (vectors * TLanes.Width));
            TileRows.Multiply<T, TVector, TLanes>(_product.Rows, vectors, new Tile<T>
            {
                A = _product.A.Start,
                ARow = _product.A.RowStride,
                AStep = _product.A.ColumnStride,
                ADown = _product.A.RowStride,
                B = _product.B.At(0, from),
                BStep = _product.B.RowStride,
                Initial = zeros,
                InitialRow = 0,
                C = _product.C + from,
                CRow = _product.Columns,
                Depth = _product.Depth,
            });
            column = from + (vectors * TLanes.Width);
        }
    }
}
