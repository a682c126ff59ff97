using System.Numerics;

namespace EE569.Engine.Kernels;

/// <summary>A function of one or two numbers, applied to a register of them.</summary>
internal interface IElementFunction
{
    /// <param name="a">The argument.</param>
    /// <param name="b">The second argument; functions of one ignore it.</param>
    static abstract TVector Apply<T, TVector, TLanes>(TVector a, TVector b)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>;
}
