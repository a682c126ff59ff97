namespace EE569.Engine.Kernels.Products;

/// <summary>Two registers of a tile's row.</summary>
internal unsafe struct Columns2<T, TVector, TLanes>(TVector v0, TVector v1) : IColumns<T, TVector, Columns2<T, TVector, TLanes>>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private TVector _v0 = v0;
    private TVector _v1 = v1;

    public static int Width => 2 * TLanes.Width;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Columns2<T, TVector, TLanes> Load(T* source) => new(TLanes.Load(source), TLanes.Load(source + TLanes.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddProduct(TVector a, Columns2<T, TVector, TLanes> b)
    {
        _v0 = TLanes.MultiplyAdd(a, b._v0, _v0);
        _v1 = TLanes.MultiplyAdd(a, b._v1, _v1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Store(T* destination)
    {
        TLanes.Store(_v0, destination);
        TLanes.Store(_v1, destination + TLanes.Width);
    }
}
