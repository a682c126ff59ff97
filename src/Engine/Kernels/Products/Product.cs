namespace EE569.Engine.Kernels.Products;

/// <summary>
/// C = A B, plus a bias per column or plus C itself; C is dense and row-major. The three products of a layer differ only in the
/// order in which their factors are read, so no caller transposes anything.
/// </summary>
internal unsafe struct Product<T>
    where T : unmanaged
{
    public int Rows;
    public int Columns;
    public int Depth;
    public Operand<T> A;
    public Operand<T> B;

    /// <summary>One number per column, or null.</summary>
    public T* Bias;
    public T* C;

    /// <summary>Adds to C instead of overwriting it.</summary>
    public bool Accumulate;

    public readonly long MultiplyAdds => (long)Rows * Columns * Depth;
}
