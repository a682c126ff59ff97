namespace EE569.Engine.Optimizers;

/// <summary>
/// Moments that decay, as those of a dead unit do, end among the subnormal numbers, where processors compute many times slower (six times
/// for a small network trained until nothing changes). What is too small to matter is set to zero before.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal static class Subnormal<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private static readonly int LeastExponent = typeof(T) == typeof(float) ? -110 : -1000;
    private static readonly T LeastMoment = T.ScaleB(T.One, LeastExponent);
    private static readonly T LeastFactor = T.ScaleB(T.One, LeastExponent / 2);

    /// <summary>A moment, with zeros for elements below 2^-110 (double: 2^-1000).</summary>
    public static Vector<T> Flush(Vector<T> moment) => Flush(moment, LeastMoment);

    /// <summary>A gradient that is to be squared, with zeros for elements below 2^-55 (double: 2^-500).</summary>
    public static Vector<T> FlushFactor(Vector<T> gradient) => Flush(gradient, LeastFactor);

    private static Vector<T> Flush(Vector<T> vector, T least) =>
        Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(vector), Vector.Create(least)), Vector<T>.Zero, vector);
}
