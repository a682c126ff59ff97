using System.Numerics;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>Errors in units in the last place, the distance of the numbers around the exact result (of subnormal numbers where it is that small).</summary>
internal static class Ulp
{
    /// <summary>Fails if a float is further than so many units from the exact result.</summary>
    public static void Check(double exact, float actual, double bound, Func<string> what, double unitOf = 0)
    {
        if (Math.Abs(exact) > float.MaxValue || !double.IsFinite(exact))
        {
            Assert.AreEqual((float)exact, actual);
            return;
        }

        double magnitude = Math.Max(Math.Max(Math.Abs(exact), unitOf), 1.17549435e-38);
        double error = Math.Abs(actual - exact) / Math.ScaleB(1, Math.ILogB(magnitude) - 23);
        if (!(error <= bound))
        {
            Assert.Fail($"{what()}: {actual:R} instead of {exact:R}, {error:F2} units in the last place");
        }
    }

    /// <summary>Fails if a double is further than so many units from the exact result.</summary>
    public static void Check(BigInteger exact, double actual, double bound, Func<string> what, BigInteger unitOf = default)
    {
        BigInteger magnitude = BigInteger.Max(BigInteger.Max(BigInteger.Abs(exact), unitOf), FixedPoint.From(2.2250738585072014e-308));
        BigInteger unit = BigInteger.One << ((int)magnitude.GetBitLength() - 53);
        BigInteger error = BigInteger.Abs(FixedPoint.From(actual) - exact);
        if (error * 1000 > unit * (long)(bound * 1000))
        {
            Assert.Fail($"{what()}: {actual:R}, off by {(double)(error * 1000 / unit) / 1000:F2} units in the last place");
        }
    }
}
