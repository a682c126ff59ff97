namespace EE569.Engine.Kernels.Products;

/// <summary>One row of a register tile: one to three registers side by side.</summary>
/// <typeparam name="T">The number type.</typeparam>
/// <typeparam name="TVector">The register type.</typeparam>
/// <typeparam name="TSelf">The implementing type.</typeparam>
internal unsafe interface IColumns<T, TVector, TSelf>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TSelf : unmanaged
{
    /// <summary>Numbers in the row.</summary>
    static abstract int Width { get; }

    static abstract TSelf Load(T* source);

    /// <summary>Adds a b, with a the same register for every column. In place: the compiler then needs no copies of registers.</summary>
    void AddProduct(TVector a, TSelf b);

    void Store(T* destination);
}
