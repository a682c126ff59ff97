using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.Data;

/// <summary>Reads a value; false if the text is none. An empty text is the default value for every type.</summary>
internal delegate bool TextParser<T>(ReadOnlySpan<char> text, out T value);

internal static class TextParsers
{
    public static TextParser<T> Create<T>(PrimitiveDataViewType type, TextLoader.Options options)
    {
        var format = (NumberFormatInfo)CultureInfo.InvariantCulture.NumberFormat.Clone();
        format.NumberDecimalSeparator = options.DecimalMarker.ToString();
        format.NumberGroupSeparator = " ";
        Delegate parser = type is KeyDataViewType key ? Key(key) : type.RawType switch
        {
            Type t when t == typeof(float) => Real(format, float.NaN, float.PositiveInfinity, options.MissingRealsAsNaNs),
            Type t when t == typeof(double) => Real(format, double.NaN, double.PositiveInfinity, options.MissingRealsAsNaNs),
            Type t when t == typeof(sbyte) => (TextParser<sbyte>)Integer,
            Type t when t == typeof(byte) => (TextParser<byte>)Integer,
            Type t when t == typeof(short) => (TextParser<short>)Integer,
            Type t when t == typeof(ushort) => (TextParser<ushort>)Integer,
            Type t when t == typeof(int) => (TextParser<int>)Integer,
            Type t when t == typeof(uint) => (TextParser<uint>)Integer,
            Type t when t == typeof(long) => (TextParser<long>)Integer,
            Type t when t == typeof(ulong) => (TextParser<ulong>)Integer,
            Type t when t == typeof(bool) => (TextParser<bool>)Boolean,
            Type t when t == typeof(DateTime) => (TextParser<DateTime>)Date,
            Type t when t == typeof(DateTimeOffset) => (TextParser<DateTimeOffset>)DateOffset,
            Type t when t == typeof(TimeSpan) => (TextParser<TimeSpan>)Span,
            _ => Text(),
        };
        return (TextParser<T>)parser;
    }

    private static TextParser<ReadOnlyMemory<char>> Text()
    {
        var pool = new StringPool();
        return (ReadOnlySpan<char> text, out ReadOnlyMemory<char> value) =>
        {
            value = pool.GetString(text).AsMemory();
            return true;
        };
    }

    /// <summary>Whatever is not a number is NaN.</summary>
    private static TextParser<T> Real<T>(NumberFormatInfo format, T nan, T infinity, bool missingIsNaN)
        where T : struct, IFloatingPointIeee754<T>
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        char marker = format.NumberDecimalSeparator[0];

        // Where the digits and the power of ten are exact, their quotient is the nearest number (Clinger's fast path).
        bool isSingle = typeof(T) == typeof(float);
        long exactDigits = isSingle ? 1L << 24 : 1L << 53;
        T[] exactPowers = [.. Enumerable.Range(0, isSingle ? 11 : 23).Select(power => T.Parse($"1e{power}", CultureInfo.InvariantCulture))];
        return (ReadOnlySpan<char> text, out T value) =>
        {
            text = text.Trim();
            if (text.IsEmpty)
            {
                value = missingIsNaN ? nan : T.Zero;
                return true;
            }

            if (TryReadPlain(text, marker, out long digits, out int decimals)
                && Math.Abs(digits) <= exactDigits && decimals < exactPowers.Length)
            {
                value = T.CreateTruncating(digits) / exactPowers[decimals];
                return true;
            }

            // Leaves out the words that .NET takes for numbers and ML.NET does not, such as inf and +Infinity.
            char first = text[0] is '+' or '-' && text.Length > 1 ? text[1] : text[0];
            value = (char.IsAsciiDigit(first) || first == marker) && T.TryParse(text, Style, format, out T number) ? number
                : text is "Infinity" or "∞" ? infinity
                : text is "-Infinity" or "-∞" ? -infinity
                : nan;
            return true;
        };
    }

    /// <summary>Reads digits with or without a decimal marker, as many as a long holds; no zero, as -0 would lose its sign.</summary>
    private static bool TryReadPlain(ReadOnlySpan<char> text, char marker, out long digits, out int decimals)
    {
        const int MaxDigits = 18;
        (digits, decimals) = (0, 0);
        bool negative = text[0] == '-';
        int markerAt = -1;
        for (int i = negative ? 1 : 0; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                digits = digits * 10 + (text[i] - '0');
            }
            else if (text[i] == marker && markerAt < 0)
            {
                markerAt = i;
            }
            else
            {
                return false;
            }
        }

        decimals = markerAt < 0 ? 0 : text.Length - 1 - markerAt;
        digits = negative ? -digits : digits;
        return digits != 0 && text.Length <= MaxDigits;
    }

    private static bool Integer<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        value = T.Zero;
        bool signed = T.IsNegative(T.MinValue);
        return text.IsEmpty || (text[0] is not '+' && (signed || text[0] is not '-')
            && T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value));
    }

    /// <summary>Numbers from 0, one below the key; any other text is the missing key, 0.</summary>
    private static Delegate Key(KeyDataViewType type) => type.RawType switch
    {
        Type t when t == typeof(byte) => Key<byte>(type.Count),
        Type t when t == typeof(ushort) => Key<ushort>(type.Count),
        Type t when t == typeof(uint) => Key<uint>(type.Count),
        _ => Key<ulong>(type.Count),
    };

    private static TextParser<T> Key<T>(ulong count)
        where T : struct, IBinaryInteger<T> =>
        (ReadOnlySpan<char> text, out T value) =>
        {
            bool valid = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number < count;
            value = valid ? T.CreateTruncating(number + 1) : T.Zero;
            return true;
        };

    private static bool Boolean(ReadOnlySpan<char> text, out bool value)
    {
        value = text is "1" or "+1" or "+" || Is(text, "true") || Is(text, "t") || Is(text, "yes") || Is(text, "y");
        return value || text is "" or "0" or "-1" or "-" || Is(text, "false") || Is(text, "f") || Is(text, "no") || Is(text, "n");

        static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
    }

    private static bool Date(ReadOnlySpan<char> text, out DateTime value)
    {
        value = default;
        return text.IsEmpty || DateTime.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value);
    }

    private static bool DateOffset(ReadOnlySpan<char> text, out DateTimeOffset value)
    {
        value = default;
        return text.IsEmpty || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    private static bool Span(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        return text.IsEmpty || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }
}
