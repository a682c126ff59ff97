namespace EE569.Engine.Kernels.Products;

/// <summary>A factor of a product, read in either order: element (r, c) lies at Start[r RowStride + c ColumnStride].</summary>
internal readonly unsafe struct Operand<T>(T* start, nint rowStride, nint columnStride)
    where T : unmanaged
{
    public T* Start { get; } = start;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    public Operand<T> Transposed => new(Start, ColumnStride, RowStride);

    public T* At(int row, int column) => Start + (row * RowStride) + (column * ColumnStride);

    /// <summary>The rest of the matrix from an element on.</summary>
    public Operand<T> From(int row, int column) => new(At(row, column), RowStride, ColumnStride);
}
