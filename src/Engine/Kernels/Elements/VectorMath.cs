namespace EE569.Engine.Kernels.Elements;

/// <summary>
/// Exponentials, logarithms and the tail of the normal distribution for a register of doubles, without the cancellations of exp(x) - 1 and
/// log(1 + x). The type parameter T of each function is what the caller rounds to: with double the relative error is a few 2^-53 down to
/// underflow, with float it is below 3e-9 (a twentieth of half a unit in the last place of a float). NaN gives NaN.
/// </summary>
/// <remarks>
/// exp and log(1 + x) are the Taylor series of exp and artanh after the usual reduction (Cody and Waite, 1980): they need no fitted coefficients.
/// </remarks>
internal static class VectorMath
{
    /// <summary>1.5 * 2^52: numbers up to 2^51 that are added to it lose their fraction, and stand in the low bits of the sum.</summary>
    private const double RoundingShift = 6755399441055744;

    private const double Log2E = 1.4426950408889634;

    /// <summary>log 2 to 40 bits, so that products with whole numbers of 11 bits are exact, and the rest.</summary>
    private const double Ln2High = 0.6931471805592082;
    private const double Ln2Low = 7.371002565167799e-13;
    private const double Ln2 = 0.6931471805599453;

    /// <summary>exp(x + low) for x not above 0; low is below the precision of float, which ignores it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Exp<T>(Vector<double> x, Vector<double> low = default) =>
        ScaleB<T>(ExpMantissa<T>(x, low, out Vector<double> exponent), exponent);

    /// <summary>
    /// m with exp(x + low) = m 2^exponent, for x not above 0 and low much smaller. What is multiplied by m before <see cref="ScaleB"/> keeps its
    /// precision where exp(x) itself is subnormal.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ExpMantissa<T>(Vector<double> x, Vector<double> low, out Vector<double> exponent)
    {
        var smallest = Vector.Create(typeof(T) == typeof(double) ? -800.0 : -700.0);
        Vector<long> underflows = Vector.LessThan(x, smallest);
        x = Vector.ConditionalSelect(underflows, smallest, x);
        low = typeof(T) == typeof(double) ? Vector.ConditionalSelect(underflows, Vector<double>.Zero, low) : low;
        return Vector<double>.One + ReducedExpM1<T>(x, low, out exponent);
    }

    /// <summary>x 2^exponent, for whole exponents of at least -1023 (float) or -1200 (double).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ScaleB<T>(Vector<double> x, Vector<double> exponent)
    {
        if (typeof(T) != typeof(double))
        {
            return x * PowerOf2(exponent);
        }

        // In two steps, of which the first is exact, since 2^exponent may be subnormal.
        Vector<double> half = Round(exponent * 0.5);
        return x * PowerOf2(half) * PowerOf2(exponent - half);
    }

    /// <summary>exp(x) - 1 for x not above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ExpM1<T>(Vector<double> x)
    {
        var saturated = Vector.Create(-50.0);
        x = Vector.ConditionalSelect(Vector.LessThan(x, saturated), saturated, x);
        Vector<double> reduced = ReducedExpM1<T>(x, Vector<double>.Zero, out Vector<double> exponent);
        Vector<double> scale = PowerOf2(exponent);
        return Vector.MultiplyAddEstimate(scale, reduced, scale - Vector<double>.One);
    }

    /// <summary>log(1 + x) for 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> LogP1<T>(Vector<double> x)
    {
        // 1 + x = 2^k (1 + f) with k = 0 or 1 and |f| below 0.42. log(1 + f) = 2 artanh(s), s = f / (2 + f), so |s| is below 0.172.
        Vector<long> isLarge = Vector.GreaterThan(x, Vector.Create(0.41421356237309503));
        Vector<double> f = Vector.ConditionalSelect(isLarge, x - Vector<double>.One, x);
        Vector<double> twice = (f + f) / Vector.ConditionalSelect(isLarge, x + Vector.Create(3.0), x + Vector.Create(2.0));
        Vector<double> square = 0.25 * twice * twice;
        Vector<double> series;
        if (typeof(T) == typeof(double))
        {
            series = Vector.Create(1.0 / 21);
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 19));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 17));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 15));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 13));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 11));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 9));
        }
        else
        {
            series = Vector.Create(1.0 / 9);
        }

        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 7));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 5));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(1.0 / 3));
        Vector<double> log = Vector.MultiplyAddEstimate(series * square, twice, twice);
        return log + Vector.ConditionalSelect(isLarge, Vector.Create(Ln2), Vector<double>.Zero);
    }

    /// <summary>exp(-t^2 / 2) as mantissa and exponent, for t from 0 to 40.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> GaussianMantissa<T>(Vector<double> t, out Vector<double> exponent)
    {
        if (typeof(T) != typeof(double))
        {
            return ExpMantissa<T>(-0.5 * t * t, Vector<double>.Zero, out exponent); // The square of a float is exact.
        }

        // t = high + rest with 26 bits in high (Veltkamp), whose square is exact. A square rounded to 53 bits would cost 1e-13.
        Vector<double> shifted = 134217729 * t;
        Vector<double> high = shifted - (shifted - t);
        return ExpMantissa<T>(-0.5 * high * high, -0.5 * (t - high) * (t + high), out exponent);
    }

    /// <summary>Q(t) exp(t^2 / 2) for t from 0 to 40, where Q(t) = erfc(t / sqrt(2)) / 2 is the upper tail of the standard normal distribution.</summary>
    /// <remarks>
    /// (t + 4) times it is a smooth function of u = (t - 4) / (t + 4), which maps all t from 0 into -1 to 1 (the mapping of Shepherd and Laframboise,
    /// 1981). Its Chebyshev series, computed with 60 digits, is cut at degree 23 (double; the rest is 4e-17) or 11 (float; 2e-9) and written in powers.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> ScaledNormalTail<T>(Vector<double> t)
    {
        Vector<double> distance = t + Vector.Create(4.0);
        Vector<double> u = (t - Vector.Create(4.0)) / distance;
        Vector<double> series;
        if (typeof(T) == typeof(double))
        {
            series = Vector.Create(-1.1997782031253095e-10);
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-1.6886576966786735e-09));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-5.873626764987191e-10));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(1.60673869573294e-08));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(1.7844927772981415e-08));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-7.878360342693638e-08));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-1.597739614223922e-07));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(2.647337281979868e-07));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(1.0247851016552774e-06));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-6.249551077565178e-07));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-5.921611045923978e-06));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(7.146021531267462e-07));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(3.514511190283765e-05));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-1.907676030719098e-06));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.00023109501736277426));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.00013334420916014778));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.0016308184674099085));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.0034796923566515025));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.007540188967386312));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.06039657489036092));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.1865218579596366));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.3871374007422266));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.6078966419718923));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.7552851304157514));
        }
        else
        {
            series = Vector.Create(2.118298425522466e-05);
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-1.7310823014754179e-06));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.0002155737762864521));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.00013365338709444132));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.0016220401055284282));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.0034799546374434));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.007537717159683632));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.060396648278004936));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.1865221598399514));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.38713739385984314));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(-0.6078966313662241));
            series = Vector.MultiplyAddEstimate(series, u, Vector.Create(0.7552851305166057));
        }

        return series / distance;
    }

    /// <summary>exp(r) - 1 for r = x + low - exponent log 2, which lies within half of log 2 from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> ReducedExpM1<T>(Vector<double> x, Vector<double> low, out Vector<double> exponent)
    {
        exponent = Round(x * Log2E);
        Vector<double> r, series;
        if (typeof(T) == typeof(double))
        {
            r = Vector.MultiplyAddEstimate(exponent, Vector.Create(-Ln2High), x);
            r = Vector.MultiplyAddEstimate(exponent, Vector.Create(-Ln2Low), r) + low;
            series = Vector.Create(1.0 / 6227020800);
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 479001600));
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 39916800));
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 3628800));
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 362880));
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 40320));
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 5040));
        }
        else
        {
            r = Vector.MultiplyAddEstimate(exponent, Vector.Create(-Ln2), x);
            series = Vector.Create(1.0 / 40320);
            series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 5040));
        }

        series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 720));
        series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 120));
        series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 24));
        series = Vector.MultiplyAddEstimate(series, r, Vector.Create(1.0 / 6));
        series = Vector.MultiplyAddEstimate(series, r, Vector.Create(0.5));
        return Vector.MultiplyAddEstimate(series, r * r, r);
    }

    /// <summary>The nearest whole number, of those below 2^51.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Round(Vector<double> x) => x + Vector.Create(RoundingShift) - Vector.Create(RoundingShift);

    /// <summary>2^n for whole n from -1022 to 1023: its exponent field, n + 1023, shifted from the low bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> PowerOf2(Vector<double> n) =>
        Vector.AsVectorDouble(Vector.ShiftLeft(Vector.AsVectorInt64(n + Vector.Create(RoundingShift + 1023)), 52));
}
