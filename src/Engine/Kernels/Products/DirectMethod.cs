namespace EE569.Engine.Kernels.Products;

/// <inheritdoc cref="DirectProduct{T, TVector, TLanes}"/>
internal readonly struct DirectMethod : IProductMethod
{
    public static void Multiply<T, TVector, TLanes>(in Product<T> product, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector> =>
        DirectProduct<T, TVector, TLanes>.Multiply(product, workers);
}
