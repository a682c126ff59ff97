namespace EE569.Engine.Kernels.Products;

/// <summary>
/// One register tile of C = initial + A B: C[r, c] = initial[r, c] + sum over p of A[r, p] B[p, c]. Strides are in elements. A may lie
/// in either order, since its elements are broadcast one by one; the columns of B, C and the initial values are adjacent.
/// </summary>
internal unsafe struct Tile<T>
    where T : unmanaged
{
    public T* A;
    public nint ARow;
    public nint AStep;

    /// <summary>Distance in A, per row, from a tile to the one below: <see cref="ARow"/> unless the tiles of A are packed.</summary>
    public nint ADown;
    public T* B;
    public nint BStep;

    /// <summary>The bias with row stride 0, C itself to add to it, or zeros.</summary>
    public T* Initial;
    public nint InitialRow;
    public T* C;
    public nint CRow;
    public nint Depth;

    /// <summary>Makes this the tile <paramref name="rows"/> rows below.</summary>
    public void MoveDown(nint rows)
    {
        A += rows * ADown;
        Initial += rows * InitialRow;
        C += rows * CRow;
    }
}
