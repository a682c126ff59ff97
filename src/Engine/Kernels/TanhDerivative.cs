using System.Numerics;
using System.Runtime.CompilerServices;

namespace EE569.Engine.Kernels;

/// <summary>The gradient of tanh from its value y: dy (1 - y y) = dy - dy y y.</summary>
internal readonly struct TanhDerivative : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<T, TVector, TLanes>(TVector y, TVector dy)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector> =>
        TLanes.MultiplyAdd(TLanes.Multiply(dy, y), TLanes.Subtract(default, y), dy);
}
