namespace EE569.Engine.Kernels.Elements;

/// <summary>
/// Applies a function to every element of one or two vectors. Floats are widened to doubles and the results rounded once, so that the error in
/// single precision is hardly more than half a unit in the last place. An element's result depends on its own arguments only, not on its position.
/// </summary>
internal static class ElementMap
{
    /// <summary>result = f(x).</summary>
    /// <param name="x">The arguments.</param>
    /// <param name="result">As many; may be the arguments.</param>
    public static void Apply<TFunction, T>(ReadOnlySpan<T> x, Span<T> result)
        where TFunction : IElementFunction
        where T : unmanaged, IFloatingPointIeee754<T> =>
        Apply<TFunction, T>(x, x, result);

    /// <summary>result = f(a, b).</summary>
    /// <param name="a">The arguments.</param>
    /// <param name="b">The second arguments, as many.</param>
    /// <param name="result">As many; may be a or b.</param>
    [SkipLocalsInit]
    public static void Apply<TFunction, T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> result)
        where TFunction : IElementFunction
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (b.Length != a.Length || result.Length != a.Length)
        {
            throw new ArgumentException($"{a.Length}, {b.Length} and {result.Length} numbers: they must be as many.", nameof(result));
        }

        int i = 0;
        for (; i <= a.Length - Vector<T>.Count; i += Vector<T>.Count)
        {
            Map<TFunction, T>(new Vector<T>(a[i..]), new Vector<T>(b[i..])).CopyTo(result[i..]);
        }

        if (i < a.Length)
        {
            Span<T> last = stackalloc T[2 * Vector<T>.Count];
            last.Clear();
            a[i..].CopyTo(last);
            b[i..].CopyTo(last[Vector<T>.Count..]);
            Map<TFunction, T>(new Vector<T>(last), new Vector<T>(last[Vector<T>.Count..])).CopyTo(last);
            last[..(a.Length - i)].CopyTo(result[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<T> Map<TFunction, T>(Vector<T> a, Vector<T> b)
        where TFunction : IElementFunction
    {
        if (typeof(T) == typeof(double))
        {
            return Vector.As<double, T>(TFunction.Apply(Vector.As<T, double>(a), Vector.As<T, double>(b)));
        }

        Vector.Widen(Vector.As<T, float>(a), out Vector<double> a1, out Vector<double> a2);
        Vector.Widen(Vector.As<T, float>(b), out Vector<double> b1, out Vector<double> b2);
        return Vector.As<float, T>(Vector.Narrow(TFunction.Apply(a1, b1), TFunction.Apply(a2, b2)));
    }
}
