using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EE569.Engine.Kernels;

/// <summary>Applies a function to every element of one or two vectors.</summary>
internal static unsafe class ElementWise
{
    /// <param name="a">The arguments.</param>
    /// <param name="b">The second arguments, as many.</param>
    /// <param name="result">As many; may be a or b.</param>
    /// <param name="instructions">The registers to use.</param>
    public static void Map<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result, InstructionSet instructions)
        where TFunction : IElementFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (b.Length != a.Length || result.Length != a.Length)
        {
            throw new ArgumentException($"{a.Length}, {b.Length} and {result.Length} numbers: they must be as many.", nameof(result));
        }

        fixed (T* aStart = a, bStart = b, resultStart = result)
        {
            int done = instructions switch
            {
                InstructionSet.Vector512 => Map<TFunction, T, Vector512<T>, Lanes512<T>>(0, aStart, bStart, resultStart, a.Length),
                InstructionSet.Vector256 => Map<TFunction, T, Vector256<T>, Lanes256<T>>(0, aStart, bStart, resultStart, a.Length),
                InstructionSet.Vector128 => Map<TFunction, T, Vector128<T>, Lanes128<T>>(0, aStart, bStart, resultStart, a.Length),
                _ => 0,
            };
            Map<TFunction, T, T, ScalarLane<T>>(done, aStart, bStart, resultStart, a.Length);
        }
    }

    /// <returns>The elements done: all that fill registers.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Map<TFunction, T, TVector, TLanes>(int first, T* a, T* b, T* result, int length)
        where TFunction : IElementFunction
        where T : unmanaged, IFloatingPointIeee754<T>
        where TVector : unmanaged
        where TLanes : ILanes<T, TVector>
    {
        int i = first;
        for (; i <= length - TLanes.Width; i += TLanes.Width)
        {
            TLanes.Store(TFunction.Apply<T, TVector, TLanes>(TLanes.Load(a + i), TLanes.Load(b + i)), result + i);
        }

        return i;
    }
}
