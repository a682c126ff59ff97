namespace EE569.Engine.Kernels.Products;

/// <summary>A chunk of rows and a block of the depth of a packed product, and the memory to pack in.</summary>
internal unsafe struct PackedBlock<T>
    where T : unmanaged
{
    public int Row;
    public int Rows;

    /// <summary>Where the block starts along the depth.</summary>
    public int Start;
    public int Depth;

    /// <summary>A from the block's first element on.</summary>
    public Operand<T> A;

    /// <summary>The first rows of A, tile by tile; the others are read in place.</summary>
    public T* PackedA;
    public int PackedRows;

    /// <summary>The current panel of B.</summary>
    public T* PackedB;

    /// <summary>What the sums of the current panel start from: the bias or zeros.</summary>
    public T* Initial;

    /// <summary>The sums of a panel that does not fill its registers.</summary>
    public T* Ragged;
}
