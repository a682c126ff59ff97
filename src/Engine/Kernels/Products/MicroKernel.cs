namespace EE569.Engine.Kernels.Products;

/// <summary>
/// The innermost loops of the matrix product: a tile of C stays in registers while A and B stream past. Eight rows of three
/// 512-bit registers need 24 accumulators, 3 registers of B and one of A, which fits 32 registers and gives 24 multiply-adds for 11 loads;
/// four rows fit 16 registers.
/// </summary>
internal static unsafe class MicroKernel
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows8<T, TVector, TLanes, TColumns>(in Tile<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
        where TColumns : unmanaged, IColumns<T, TVector, TColumns>
    {
        T* start = tile.Initial;
        nint startRow = tile.InitialRow;
        TColumns c0 = TColumns.Load(start);
        TColumns c1 = TColumns.Load(start + startRow);
        TColumns c2 = TColumns.Load(start + (2 * startRow));
        TColumns c3 = TColumns.Load(start + (3 * startRow));
        TColumns c4 = TColumns.Load(start + (4 * startRow));
        TColumns c5 = TColumns.Load(start + (5 * startRow));
        TColumns c6 = TColumns.Load(start + (6 * startRow));
        TColumns c7 = TColumns.Load(start + (7 * startRow));

        nint row = tile.ARow, row2 = 2 * row, row3 = 3 * row;
        nint aStep = tile.AStep, bStep = tile.BStep;
        T* upper = tile.A;
        T* lower = upper + (4 * row);
        T* b = tile.B;
        for (nint p = tile.Depth; p > 0; p--)
        {
            TColumns columns = TColumns.Load(b);
            c0.AddProduct(TLanes.Broadcast(upper[0]), columns);
            c1.AddProduct(TLanes.Broadcast(upper[row]), columns);
            c2.AddProduct(TLanes.Broadcast(upper[row2]), columns);
            c3.AddProduct(TLanes.Broadcast(upper[row3]), columns);
            c4.AddProduct(TLanes.Broadcast(lower[0]), columns);
            c5.AddProduct(TLanes.Broadcast(lower[row]), columns);
            c6.AddProduct(TLanes.Broadcast(lower[row2]), columns);
            c7.AddProduct(TLanes.Broadcast(lower[row3]), columns);
            upper += aStep;
            lower += aStep;
            b += bStep;
        }

        T* c = tile.C;
        nint cRow = tile.CRow;
        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + (2 * cRow));
        c3.Store(c + (3 * cRow));
        c4.Store(c + (4 * cRow));
        c5.Store(c + (5 * cRow));
        c6.Store(c + (6 * cRow));
        c7.Store(c + (7 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows4<T, TVector, TLanes, TColumns>(in Tile<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
        where TColumns : unmanaged, IColumns<T, TVector, TColumns>
    {
        T* start = tile.Initial;
        nint startRow = tile.InitialRow;
        TColumns c0 = TColumns.Load(start);
        TColumns c1 = TColumns.Load(start + startRow);
        TColumns c2 = TColumns.Load(start + (2 * startRow));
        TColumns c3 = TColumns.Load(start + (3 * startRow));

        nint row = tile.ARow, row2 = 2 * row, row3 = 3 * row;
        nint aStep = tile.AStep, bStep = tile.BStep;
        T* a = tile.A;
        T* b = tile.B;
        for (nint p = tile.Depth; p > 0; p--)
        {
            TColumns columns = TColumns.Load(b);
            c0.AddProduct(TLanes.Broadcast(a[0]), columns);
            c1.AddProduct(TLanes.Broadcast(a[row]), columns);
            c2.AddProduct(TLanes.Broadcast(a[row2]), columns);
            c3.AddProduct(TLanes.Broadcast(a[row3]), columns);
            a += aStep;
            b += bStep;
        }

        T* c = tile.C;
        nint cRow = tile.CRow;
        c0.Store(c);
        c1.Store(c + cRow);
        c2.Store(c + (2 * cRow));
        c3.Store(c + (3 * cRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows1<T, TVector, TLanes, TColumns>(in Tile<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
        where TColumns : unmanaged, IColumns<T, TVector, TColumns>
    {
        TColumns c = TColumns.Load(tile.Initial);
        nint aStep = tile.AStep, bStep = tile.BStep;
        T* a = tile.A;
        T* b = tile.B;
        for (nint p = tile.Depth; p > 0; p--)
        {
            c.AddProduct(TLanes.Broadcast(*a), TColumns.Load(b));
            a += aStep;
            b += bStep;
        }

        c.Store(tile.C);
    }
}
