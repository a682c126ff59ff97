namespace EE569.Engine.Kernels.Products;

/// <summary>Three registers of a tile's row.</summary>
internal unsafe struct Columns3<T, TVector, TLanes>(TVector v0, TVector v1, TVector v2) : IColumns<T, TVector, Columns3<T, TVector, TLanes>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private TVector _v0 = v0;
    private TVector _v1 = v1;
    private TVector _v2 = v2;

    public static int Width => 3 * TLanes.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Columns3<T, TVector, TLanes> Load(T* source) => new(TLanes.Load(source), TLanes.Load(source + TLanes.Width), TLanes.Load(source + (2 * TLanes.Width)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(TVector a, Columns3<T, TVector, TLanes> b)
    {
        _v0 = TLanes.MultiplyAdd(a, b._v0, _v0);
        _v1 = TLanes.MultiplyAdd(a, b._v1, _v1);
        _v2 = TLanes.MultiplyAdd(a, b._v2, _v2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* destination)
    {
        TLanes.Store(_v0, destination);
        TLanes.Store(_v1, destination + TLanes.Width);
        TLanes.Store(_v2, destination + (2 * TLanes.Width));
    }
}
