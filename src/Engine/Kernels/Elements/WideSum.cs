namespace EE569.Engine.Kernels.Elements;

/// <summary>
/// Sums in double, whatever the elements: a sum of many floats in single precision stops growing once its terms are below its last place, and
/// their squares may leave the range of a float.
/// </summary>
internal static class WideSum
{
    /// <summary>The sum of the squares.</summary>
    public static double OfSquares<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Sum<T, Square>(values);

    /// <summary>The sum of the magnitudes.</summary>
    public static double OfMagnitudes<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T> => Sum<T, Magnitude>(values);

    private static double Sum<T, TTerm>(ReadOnlySpan<T> values)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TTerm : IElementFunction
    {
        (Vector<double> sum1, Vector<double> sum2) = (Vector<double>.Zero, Vector<double>.Zero);
        int i = 0;
        for (; i <= values.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Add<T, TTerm>(new Vector<T>(values[i..]), ref sum1, ref sum2);
        }

        if (i < values.Length)
        {
            Span<T> last = stackalloc T[Vector<T>.Count];
            last.Clear();
            values[i..].CopyTo(last);
            Add<T, TTerm>(new Vector<T>(last), ref sum1, ref sum2);
        }

        return Vector.Sum(sum1 + sum2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, TTerm>(Vector<T> values, ref Vector<double> sum1, ref Vector<double> sum2)
        where TTerm : IElementFunction
    {
        if (typeof(T) == typeof(double))
        {
            (sum1, sum2) = (sum2, sum1 + TTerm.Apply(Vector.As<T, double>(values), default));
            return;
        }

        Vector.Widen(Vector.As<T, float>(values), out Vector<double> low, out Vector<double> high);
        sum1 += TTerm.Apply(low, default);
        sum2 += TTerm.Apply(high, default);
    }

    private readonly struct Square : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> a, Vector<double> ignored) => a * a;
    }

    private readonly struct Magnitude : IElementFunction
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector<double> Apply(Vector<double> a, Vector<double> ignored) => Vector.Abs(a);
    }
}
