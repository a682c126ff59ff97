using System.Numerics;
using EE569.Engine.Random;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>Arguments over the whole range: logarithmically spaced, dense where the functions change, and every edge, of both signs.</summary>
internal static class Sweep
{
    /// <summary>How far the numbers are thinned where vectors are emulated, so that it takes as long.</summary>
    private static readonly int Share = Vector.IsHardwareAccelerated ? 1 : 20;

    public static float[] Floats()
    {
        var random = new SplitMix64(11);
        var points = new List<float> { 0, float.Epsilon, 1.17549421e-38f, 1.17549435e-38f, 1, float.BitDecrement(1), float.BitIncrement(1), float.MaxValue };
        for (int i = 0; i < 100_000 / Share; i++)
        {
            // Equally many in each binade, then between the ends of the functions' interesting range.
            points.Add(BitConverter.Int32BitsToSingle((int)(random.NextDouble() * 0x7F800000)));
            points.Add((float)(random.NextDouble() * (i % 2 == 0 ? 110 : 4)));
        }

        return [.. points, .. points.Select(x => -x)];
    }

    public static double[] Doubles()
    {
        var random = new SplitMix64(12);
        var points = new List<double> { 0, double.Epsilon, 2.2250738585072009E-308, 2.2250738585072014E-308, 1, Math.BitDecrement(1), Math.BitIncrement(1) };
        for (int i = 0; i < 120 / Math.Min(Share, 4); i++)
        {
            points.Add(Math.ScaleB(1 + random.NextDouble(), (int)(random.NextDouble() * 1070) - 1060));
            points.Add(random.NextDouble() * 750);
            points.Add(random.NextDouble() * 40);
            points.Add(random.NextDouble() * 3);
        }

        return [.. points, .. points.Select(x => -x)];
    }
}
