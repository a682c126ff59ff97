namespace EE569.Engine.Kernels.Elements;

/// <summary>Sine and cosine of an angle in turns, that is of 2 pi u, for a register of doubles; T as in <see cref="VectorMath"/>.</summary>
/// <remarks>
/// In turns the reduction is exact: a whole or half turn is a number without rounding error, so no table of digits of pi is needed. What is left
/// is sin(2 pi t) for t from -1/4 to 1/4 by its Taylor series, which is accurate near its zeros too; for T float the rest is below 1e-9.
/// Numbers from 2^51 on are taken as whole turns, as is right from 2^53 on.
/// </remarks>
internal static class Turns
{
    private const double RoundingShift = 6755399441055744; // 1.5 * 2^52, as in VectorMath

    /// <summary>sin(2 pi u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Sin<T>(Vector<double> u)
    {
        Vector<double> r = Reduce(u);
        Vector<double> size = Vector.Abs(r);
        Vector<double> t = Vector.Min(size, 0.5 * Vector<double>.One - size);
        return OfQuarter<T>(Vector.ConditionalSelect(Vector.LessThan(r, Vector<double>.Zero), -t, t));
    }

    /// <summary>cos(2 pi u).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Cos<T>(Vector<double> u) => OfQuarter<T>(0.25 * Vector<double>.One - Vector.Abs(Reduce(u)));

    /// <summary>u without its whole turns, from -1/2 to 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Reduce(Vector<double> u)
    {
        var shift = Vector.Create(RoundingShift);
        Vector<long> isWhole = Vector.GreaterThanOrEqual(Vector.Abs(u), Vector.Create(2251799813685248.0));
        return Vector.ConditionalSelect(isWhole, u - u, u - (u + shift - shift));
    }

    /// <summary>sin(2 pi t) for t from -1/4 to 1/4: the sum of (-1)^k (2 pi t)^(2 k + 1) / (2 k + 1)!.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> OfQuarter<T>(Vector<double> t)
    {
        Vector<double> square = t * t;
        Vector<double> series;
        if (typeof(T) == typeof(double))
        {
            series = Vector.Create(0.0011309237482517963);
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(-0.012031585942120627));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(0.10422916220813984));
            series = Vector.MultiplyAddEstimate(series, square, Vector.Create(-0.7181223017785006));
        }
        else
        {
            series = Vector.Create(-0.7181223017785006);
        }

        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(3.819952584848282));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(-15.09464257682299));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(42.058693944897655));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(-76.70585975306139));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(81.60524927607506));
        series = Vector.MultiplyAddEstimate(series, square, Vector.Create(-41.34170224039976));
        return Vector.MultiplyAddEstimate(series * square, t, 6.283185307179586 * t);
    }
}
