using System.Globalization;
using System.Numerics;
using System.Reflection;

namespace Microsoft.ML.Transforms;

/// <summary>The conversions between column types that ML.NET offers, as functions.</summary>
internal static class Conversions
{
    private static readonly Type[] Signed = [typeof(sbyte), typeof(short), typeof(int), typeof(long)];
    private static readonly Type[] Unsigned = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
    private static readonly Type[] Real = [typeof(float), typeof(double)];
    private static readonly HashSet<string> TrueWords = new(StringComparer.OrdinalIgnoreCase) { "true", "t", "yes", "y", "1", "+1", "+" };

    /// <summary>A Func from the raw type of one item type to that of the other, or null if there is none.</summary>
    public static Delegate? Find(Type source, Type target)
    {
        if (source == target && source != typeof(TimeSpan) && source != typeof(DateTimeOffset))
        {
            return Make(nameof(Identity), source);
        }

        if (source == typeof(ReadOnlyMemory<char>))
        {
            return FromText(target);
        }

        bool isNumber = Signed.Contains(source) || Unsigned.Contains(source) || Real.Contains(source);
        if (target == typeof(ReadOnlyMemory<char>))
        {
            return Make(nameof(Text), source);
        }

        if (target == typeof(bool))
        {
            return isNumber ? Make(nameof(NotZero), source) : null;
        }

        bool allowed = Real.Contains(target)
            || (Signed.Contains(target) && (Signed.Contains(source) || source == typeof(bool)))
            || (Unsigned.Contains(target) && Unsigned.Contains(source))
            || (target == typeof(long) && !isNumber);
        return !allowed ? null
            : Unsigned.Contains(target) ? Make(nameof(UnsignedNumber), source, target)
            : isNumber ? Make(nameof(Number), source, target)
            : source == typeof(bool) ? Make(nameof(FromBoolean), target)
            : Make(nameof(FromTicks), source, target);
    }

    public static string ToText<T>(T value) => value switch
    {
        double number => number.ToString("G17", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private static Delegate Make(string method, params Type[] types)
    {
        MethodInfo generic = typeof(Conversions).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!;
        MethodInfo closed = generic.MakeGenericMethod(types);
        return closed.CreateDelegate(typeof(Func<,>).MakeGenericType(closed.GetParameters()[0].ParameterType, closed.ReturnType));
    }

    private static Delegate? FromText(Type target) =>
        Signed.Contains(target) ? Make(nameof(ParseSigned), target)
        : Unsigned.Contains(target) ? Make(nameof(ParseUnsigned), target)
        : Real.Contains(target) ? Make(nameof(ParseReal), target)
        : target == typeof(bool) ? (ReadOnlyMemory<char> text) => TrueWords.Contains(text.ToString())
        : target == typeof(TimeSpan) ? (ReadOnlyMemory<char> text) => TimeSpan.TryParse(text.Span, CultureInfo.InvariantCulture, out TimeSpan value) ? value : default
        : target == typeof(DateTime) ? (ReadOnlyMemory<char> text) => DateTime.TryParse(text.Span, CultureInfo.InvariantCulture, out DateTime value) ? value : default
        : (ReadOnlyMemory<char> text) => DateTimeOffset.TryParse(text.Span, CultureInfo.InvariantCulture, out DateTimeOffset value) ? value : default;

    private static T Identity<T>(T value) => value;

    private static ReadOnlyMemory<char> Text<T>(T value) => ToText(value).AsMemory();

    private static bool NotZero<T>(T value) where T : INumberBase<T> => !T.IsZero(value);

    private static TTarget Number<TSource, TTarget>(TSource value) where TSource : INumberBase<TSource> where TTarget : INumberBase<TTarget> =>
        TTarget.CreateTruncating(value);

    // Unsigned numbers are keys as a rule: what does not fit is missing.
    private static TTarget UnsignedNumber<TSource, TTarget>(TSource value) where TSource : INumberBase<TSource> where TTarget : INumberBase<TTarget> =>
        TTarget.CreateTruncating(value) is var result && TSource.CreateTruncating(result) == value ? result : TTarget.Zero;

    private static T FromBoolean<T>(bool value) where T : INumberBase<T> => value ? T.One : T.Zero;

    private static TTarget FromTicks<TSource, TTarget>(TSource value) where TTarget : INumberBase<TTarget> => TTarget.CreateTruncating(value switch
    {
        TimeSpan span => span.Ticks,
        DateTime time => time.Ticks,
        DateTimeOffset time => time.UtcDateTime.Ticks,
        _ => throw new ArgumentException($"'{typeof(TSource)}' has no ticks.", nameof(value)),
    });

    private static T ParseSigned<T>(ReadOnlyMemory<char> text) where T : INumberBase<T> =>
        text.IsEmpty ? T.Zero
        : T.TryParse(text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T? value) ? value
        : throw new InvalidOperationException($"Value could not be parsed from text to {Keyword(typeof(T))}.");

    private static T ParseUnsigned<T>(ReadOnlyMemory<char> text) where T : INumberBase<T> =>
        T.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out T? value) ? value : T.Zero;

    private static T ParseReal<T>(ReadOnlyMemory<char> text) where T : IFloatingPointIeee754<T> =>
        text.IsEmpty ? T.Zero
        : T.TryParse(text.Span, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out T? value) ? value
        : T.NaN;

    private static string Keyword(Type type) =>
        type == typeof(sbyte) ? "sbyte" : type == typeof(short) ? "short" : type == typeof(int) ? "int" : "long";
}
