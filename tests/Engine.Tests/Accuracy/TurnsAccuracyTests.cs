using System.Numerics;
using EE569.Engine.Kernels.Elements;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>Sine and cosine in turns, against their series on exact numbers: within 4 units in the last place in both precisions, near the zeros too.</summary>
[TestClass]
public class TurnsAccuracyTests
{
    // pi by Machin's formula, as the fixed-point reference has it.
    private static readonly BigInteger TwoPi = 2 * 4 * (4 * FixedPoint.Arctan(5) - FixedPoint.Arctan(239));

    [TestMethod]
    public void Both_precisions_stay_within_4_units_in_the_last_place()
    {
        foreach (double u in Arguments())
        {
            Ulp.Check(Sine(FixedPoint.From(u)), Turns.Sin<double>(Vector.Create(u))[0], 4, () => $"sin(2 pi {u:R})");
            Ulp.Check(Sine(FixedPoint.From(u) + FixedPoint.One / 4), Turns.Cos<double>(Vector.Create(u))[0], 4, () => $"cos(2 pi {u:R})");
            var single = (float)u;
            Ulp.Check(Math.ScaleB((double)(Sine(FixedPoint.From(single)) >> 1000), -400), (float)Turns.Sin<float>(Vector.Create((double)single))[0], 4, () => $"sin(2 pi {single:R})");
        }
    }

    [TestMethod]
    public void Quarter_turns_are_exact_and_infinities_give_NaN()
    {
        foreach (double whole in new[] { 0, 1, -7, 1e9, -3e15, 1e300 })
        {
            (double sine, double cosine) = (Turns.Sin<double>(Vector.Create(whole))[0], Turns.Cos<double>(Vector.Create(whole))[0]);
            Assert.AreEqual(0, sine);
            Assert.AreEqual(1, cosine, 1e-15);
        }

        Assert.AreEqual(1, Turns.Sin<double>(Vector.Create(0.25))[0], 1e-15);
        Assert.AreEqual(0, Turns.Cos<double>(Vector.Create(-0.25))[0]);
        Assert.AreEqual(-1, Turns.Cos<double>(Vector.Create(1e9 + 0.5))[0], 1e-15);
        foreach (double u in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.IsTrue(double.IsNaN(Turns.Sin<double>(Vector.Create(u))[0]) && double.IsNaN(Turns.Cos<double>(Vector.Create(u))[0]));
        }
    }

    private static IEnumerable<double> Arguments()
    {
        var random = new EE569.Engine.Random.SplitMix64(5);
        for (int i = 0; i < 300; i++)
        {
            double u = 4 * random.NextDouble() - 2;
            yield return u;
            yield return 1e6 * u;
            yield return u * Math.Pow(2, -random.NextInt32(60));
            yield return Math.Round(4 * u) / 4 + 1e-9 * random.NextGaussian();
        }
    }

    /// <summary>sin(2 pi u) by its Taylor series, after whole turns.</summary>
    private static BigInteger Sine(BigInteger u)
    {
        u -= (u + FixedPoint.One / 2) / FixedPoint.One * FixedPoint.One;
        BigInteger x = FixedPoint.Multiply(TwoPi, u), square = FixedPoint.Multiply(x, x), term = x, sum = x;
        for (int n = 2; !term.IsZero && term != BigInteger.MinusOne; n += 2)
        {
            term = -FixedPoint.Multiply(term, square) / (n * (n + 1));
            sum += term;
        }

        return sum;
    }
}
