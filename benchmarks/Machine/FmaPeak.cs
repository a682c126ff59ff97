using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using EE569.Engine.Kernels.Lanes;

namespace EE569.Benchmarks.Machine;

/// <summary>What the multiply-add units of one core can do at most: a loop that touches registers only.</summary>
internal static class FmaPeak
{
    private const int Chains = 12;
    private const int Steps = 20_000;

    /// <summary>Single-precision GFLOP/s of one core: the best of a few runs.</summary>
    public static double Measure(int runs = 20) => InstructionSets.Widest switch
    {
        InstructionSet.Vector512 => Measure<Lanes512<float>, Vector512<float>>(runs),
        InstructionSet.Vector256 => Measure<Lanes256<float>, Vector256<float>>(runs),
        _ => Measure<Lanes128<float>, Vector128<float>>(runs),
    };

    private static double Measure<TLanes, TVector>(int runs)
        where TLanes : struct, ILanes<float, TVector>
        where TVector : unmanaged
    {
        double best = 0;
        for (int run = 0; run < runs; run++)
        {
            long start = Stopwatch.GetTimestamp();
            GC.KeepAlive(Run<TLanes, TVector>(Steps));
            best = Math.Max(best, 2.0 * Chains * TLanes.Width * Steps / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Run<TLanes, TVector>(int steps)
        where TLanes : struct, ILanes<float, TVector>
        where TVector : unmanaged
    {
        TVector a = TLanes.Broadcast(0.999f), b = TLanes.Broadcast(0.001f);
        // Different starts: a compiler may merge chains that compute the same.
        TVector c0 = a, c1 = TLanes.Add(c0, a), c2 = TLanes.Add(c1, a), c3 = TLanes.Add(c2, a), c4 = TLanes.Add(c3, a), c5 = TLanes.Add(c4, a);
        TVector c6 = TLanes.Add(c5, a), c7 = TLanes.Add(c6, a), c8 = TLanes.Add(c7, a), c9 = TLanes.Add(c8, a), c10 = TLanes.Add(c9, a);
        TVector c11 = TLanes.Add(c10, a);
        for (int i = 0; i < steps; i++)
        {
            c0 = TLanes.MultiplyAdd(c0, a, b);
            c1 = TLanes.MultiplyAdd(c1, a, b);
            c2 = TLanes.MultiplyAdd(c2, a, b);
            c3 = TLanes.MultiplyAdd(c3, a, b);
            c4 = TLanes.MultiplyAdd(c4, a, b);
            c5 = TLanes.MultiplyAdd(c5, a, b);
            c6 = TLanes.MultiplyAdd(c6, a, b);
            c7 = TLanes.MultiplyAdd(c7, a, b);
            c8 = TLanes.MultiplyAdd(c8, a, b);
            c9 = TLanes.MultiplyAdd(c9, a, b);
            c10 = TLanes.MultiplyAdd(c10, a, b);
            c11 = TLanes.MultiplyAdd(c11, a, b);
        }

        TVector sum = TLanes.Add(TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3)), TLanes.Add(TLanes.Add(c4, c5), TLanes.Add(c6, c7)));
        return TLanes.Sum(TLanes.Add(sum, TLanes.Add(TLanes.Add(c8, c9), TLanes.Add(c10, c11))));
    }
}
