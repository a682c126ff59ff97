namespace EE569.Engine.Kernels.Products;

/// <summary>One register of a tile's row.</summary>
internal unsafe struct Columns1<T, TVector, TLanes>(TVector v0) : IColumns<T, TVector, Columns1<T, TVector, TLanes>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private TVector _v0 = v0;

    public static int Width => TLanes.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Columns1<T, TVector, TLanes> Load(T* source) => new(TLanes.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(TVector a, Columns1<T, TVector, TLanes> b)
    {
        _v0 = TLanes.MultiplyAdd(a, b._v0, _v0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* destination)
    {
        TLanes.Store(_v0, destination);
    }
}
