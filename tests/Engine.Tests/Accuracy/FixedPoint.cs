using System.Numerics;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>
/// Real numbers as multiples of 2^-1400, on which every double is exact: the reference that functions in double precision are held to.
/// Every function is a series or continued fraction that has nothing to do with those of the engine.
/// </summary>
internal static class FixedPoint
{
    public const int Bits = 1400;

    public static readonly BigInteger One = BigInteger.One << Bits;
    private static readonly BigInteger Ln2 = Artanh(One / 3) * 2;
    private static readonly BigInteger RootOf2Pi = Root(2 * 4 * (4 * Arctan(5) - Arctan(239)) * One);

    public static BigInteger From(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(Math.Abs(x));
        int exponent = Math.Max(1, (int)(bits >> 52));
        BigInteger mantissa = (bits & 0xFFFFFFFFFFFFF) | (bits >> 52 == 0 ? 0 : 1L << 52);
        return Math.Sign(x) * (mantissa << (exponent - 1075 + Bits));
    }

    public static BigInteger Multiply(BigInteger a, BigInteger b) => (a * b) >> Bits;

    public static BigInteger Divide(BigInteger a, BigInteger b) => (a << Bits) / b;

    /// <summary>exp(x) for x not above 0.</summary>
    public static BigInteger Exp(BigInteger x)
    {
        if (x < -900 * One)
        {
            return BigInteger.Zero;
        }

        int exponent = (int)(-x / Ln2);
        BigInteger r = (x + exponent * Ln2) >> 16;
        BigInteger sum = One, term = One;
        for (int n = 1; !term.IsZero && term != BigInteger.MinusOne; n++)
        {
            term = Multiply(term, r) / n;
            sum += term;
        }

        for (int i = 0; i < 16; i++)
        {
            sum = Multiply(sum, sum);
        }

        return sum >> exponent;
    }

    /// <summary>log(1 + x) for x not below 0.</summary>
    public static BigInteger LogP1(BigInteger x)
    {
        BigInteger log = BigInteger.Zero;
        for (; x > One / 2; x = (x - One) / 2)
        {
            log += Ln2;
        }

        return log + 2 * Artanh(Divide(x, 2 * One + x));
    }

    /// <summary>exp(-t^2 / 2) / sqrt(2 pi).</summary>
    public static BigInteger NormalDensity(BigInteger t) => Divide(Exp(-Multiply(t, t) / 2), RootOf2Pi);

    /// <summary>The upper tail of the standard normal distribution for t not below 0.</summary>
    public static BigInteger NormalTail(BigInteger t)
    {
        BigInteger density = NormalDensity(t);
        if (t < 2 * One)
        {
            // P(t) - 1/2 = p(t) (t + t^3 / 3 + t^5 / 15 + …).
            BigInteger sum = t, term = t, square = Multiply(t, t);
            for (int n = 3; !term.IsZero; n += 2)
            {
                term = Multiply(term, square) / n;
                sum += term;
            }

            return One / 2 - Multiply(density, sum);
        }

        // Laplace: p(t) / (t + 1 / (t + 2 / (t + 3 / …))).
        BigInteger denominator = t;
        for (int n = density.IsZero ? 0 : 160; n > 0; n--)
        {
            denominator = t + n * Divide(One, denominator);
        }

        return Divide(density, denominator);
    }

    private static BigInteger Artanh(BigInteger s)
    {
        BigInteger sum = s, power = s, square = Multiply(s, s);
        for (int n = 3; !power.IsZero && power != BigInteger.MinusOne; n += 2)
        {
            power = Multiply(power, square);
            sum += power / n;
        }

        return sum;
    }

    /// <summary>arctan(1 / x).</summary>
    public static BigInteger Arctan(int x)
    {
        BigInteger power = One / x, sum = power;
        for (int n = 3; !power.IsZero; n += 2)
        {
            power /= x * x;
            sum += n % 4 == 3 ? -(power / n) : power / n;
        }

        return sum;
    }

    private static BigInteger Root(BigInteger x)
    {
        BigInteger root = BigInteger.One << (int)(x.GetBitLength() / 2 + 1);
        for (BigInteger next = (root + x / root) / 2; next < root; next = (root + x / root) / 2)
        {
            root = next;
        }

        return root;
    }
}
