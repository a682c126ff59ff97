namespace EE569.Engine.Kernels.Products;

/// <inheritdoc cref="DotProduct{T, TVector, TLanes}"/>
internal readonly struct DotMethod : IProductMethod
{
    public static void Multiply<T, TVector, TLanes>(in Product<T> product, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector> =>
        DotProduct<T, TVector, TLanes>.Multiply(product, workers);
}
