using System.Numerics;
using System.Runtime.CompilerServices;

namespace EE569.Engine.Kernels;

/// <summary>The gradient of max(x, 0): dy where x is positive.</summary>
internal readonly struct ReLUDerivative : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<T, TVector, TLanes>(TVector x, TVector dy)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector> =>
        TLanes.WherePositive(x, dy);
}
