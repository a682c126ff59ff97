using System.Numerics;
using System.Runtime.CompilerServices;

namespace EE569.Engine.Kernels;

/// <summary>The gradient of the logistic function from its value y: dy y (1 - y).</summary>
internal readonly struct SigmoidDerivative : IElementFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<T, TVector, TLanes>(TVector y, TVector dy)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector> =>
        TLanes.Multiply(TLanes.Multiply(dy, y), TLanes.Subtract(TLanes.Broadcast(T.One), y));
}
