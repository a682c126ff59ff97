namespace EE569.Engine.Kernels.Products;

/// <summary>The running dot products of one vector with four rows.</summary>
internal readonly unsafe struct Dots4<T, TVector, TLanes>(TVector s0, TVector s1, TVector s2, TVector s3)
    where T : unmanaged, IFloatingPointIeee754<T>
    where TVector : unmanaged
    where TLanes : ILanes<T, TVector>
{
    private readonly TVector _s0 = s0;
    private readonly TVector _s1 = s1;
    private readonly TVector _s2 = s2;
    private readonly TVector _s3 = s3;

    /// <summary>Adds the products of <paramref name="x"/> with one register of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Dots4<T, TVector, TLanes> Add(TVector x, T* y, nint yRow) => new(
        TLanes.MultiplyAdd(x, TLanes.Load(y), _s0),
        TLanes.MultiplyAdd(x, TLanes.Load(y + yRow), _s1),
        TLanes.MultiplyAdd(x, TLanes.Load(y + (2 * yRow)), _s2),
        TLanes.MultiplyAdd(x, TLanes.Load(y + (3 * yRow)), _s3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StoreSums(T* sums)
    {
        sums[0] = TLanes.Sum(_s0);
        sums[1] = TLanes.Sum(_s1);
        sums[2] = TLanes.Sum(_s2);
        sums[3] = TLanes.Sum(_s3);
    }
}
