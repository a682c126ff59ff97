using System.Numerics;
using System.Runtime.CompilerServices;

namespace EE569.Engine.Kernels;

/// <summary>
/// tanh in single precision as x P(x^2) / Q(x^2): the minimax rational function of degrees 13 and 6 that Eigen uses
/// (generic_fast_tanh_float). Beyond the bound the quotient would leave [-1, 1]. Measured over all floats, the relative error stays below
/// <see cref="RelativeError"/>.
/// </summary>
internal readonly struct SingleTanh : IElementFunction
{
    /// <summary>What the tests hold this function to.</summary>
    public const double RelativeError = 5e-7;

    private const double Bound = 7.90531110763549805;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Apply<T, TVector, TLanes>(TVector x, TVector ignored)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        TVector t = TLanes.Clamp(x, TLanes.Broadcast(T.CreateTruncating(Bound)));
        TVector square = TLanes.Multiply(t, t);

        TVector p = TLanes.Broadcast(T.CreateTruncating(-2.76076847742355e-16));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(2.00018790482477e-13)));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(-8.60467152213735e-11)));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(5.12229709037114e-08)));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(1.48572235717979e-05)));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(6.37261928875436e-04)));
        p = TLanes.MultiplyAdd(p, square, TLanes.Broadcast(T.CreateTruncating(4.89352455891786e-03)));

        TVector q = TLanes.Broadcast(T.CreateTruncating(1.19825839466702e-06));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(T.CreateTruncating(1.18534705686654e-04)));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(T.CreateTruncating(2.26843463243900e-03)));
        q = TLanes.MultiplyAdd(q, square, TLanes.Broadcast(T.CreateTruncating(4.89352518554385e-03)));
        return TLanes.Divide(TLanes.Multiply(t, p), q);
    }
}
