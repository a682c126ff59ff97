namespace EE569.Engine.Kernels.Products;

/// <summary>Walks down a column panel, tile by tile: as many rows at a time as a tile has, then four, then one.</summary>
internal static unsafe class TileRows
{
    /// <param name="rows">Rows of A and C.</param>
    /// <param name="tile">The first tile; its <see cref="Tile{T}.InitialRow"/> is 0 for a bias.</param>
    public static void Multiply<T, TVector, TLanes, TColumns>(int rows, Tile<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
        where TColumns : unmanaged, IColumns<T, TVector, TColumns>
    {
        if (TLanes.TileRows == 8)
        {
            for (; rows >= 8; rows -= 8)
            {
                MicroKernel.Rows8<T, TVector, TLanes, TColumns>(tile);
                tile.MoveDown(8);
            }
        }

        for (; rows >= 4; rows -= 4)
        {
            MicroKernel.Rows4<T, TVector, TLanes, TColumns>(tile);
            tile.MoveDown(4);
        }

        for (; rows >= 1; rows--)
        {
            MicroKernel.Rows1<T, TVector, TLanes, TColumns>(tile);
            tile.MoveDown(1);
        }
    }

    /// <summary>The same for a panel of <paramref name="vectors"/> registers, 1 to 3.</summary>
    public static void Multiply<T, TVector, TLanes>(int rows, int vectors, Tile<T> tile)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        switch (vectors)
        {
            case 1:
                Multiply<T, TVector, TLanes, Columns1<T, TVector, TLanes>>(rows, tile);
                break;
            case 2:
                Multiply<T, TVector, TLanes, Columns2<T, TVector, TLanes>>(rows, tile);
                break;
            default:
                Multiply<T, TVector, TLanes, Columns3<T, TVector, TLanes>>(rows, tile);
                break;
        }
    }
}
