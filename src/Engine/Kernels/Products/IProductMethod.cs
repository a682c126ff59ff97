namespace EE569.Engine.Kernels.Products;

/// <summary>A way to compute a product, for every register width.</summary>
internal interface IProductMethod
{
    static abstract void Multiply<T, TVector, TLanes>(in Product<T> product, Workers workers)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>;
}
