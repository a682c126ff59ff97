using System.Runtime.CompilerServices;
using System.Text;

namespace EE569.Experiments.Tables;

/// <summary>
/// Reads numbers as people write them: 1234.5, -1e-3, 1,234.5, 1 234.5, $ 1,200, 12 %, or with the decimal comma 1.234,5. An integer with a zero in front (02134) is a code and no number.
/// </summary>
/// <param name="decimalComma">Whether the comma divides the decimals, and the point the thousands.</param>
internal readonly struct NumberParser(bool decimalComma)
{
    private const int MostSimpleDigits = 15, MostCharacters = 64;

    /// <summary>Each is exact in a double.</summary>
    private static readonly double[] PowersOfTen = [.. Enumerable.Range(0, MostSimpleDigits + 1).Select(power => Math.Pow(10, power))];

    private readonly byte _point = (byte)(decimalComma ? ',' : '.');

    /// <summary>Reads a plain number of up to 15 digits, without blanks, groups and exponent: what nearly all are.</summary>
    /// <returns>False when the number needs <see cref="TryParse"/>, or is none.</returns>
    /// <remarks>
    /// Digits and power of ten are exact doubles, so their quotient is the double nearest to the number. The float nearest to that is the float nearest to the number, unless the double
    /// lies in the middle of two floats: the number may lie on either side of it.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryParseSimple(ReadOnlySpan<byte> cell, out float value)
    {
        const long LowBits = (1L << 29) - 1, Middle = 1L << 28;
        bool isNegative = !cell.IsEmpty && cell[0] == '-';
        int start = isNegative ? 1 : 0, decimals = -1;
        long digits = 0;
        value = 0;
        if (cell.Length - start is 0 or > MostSimpleDigits)
        {
            return false;
        }

        for (int i = start; i < cell.Length; i++)
        {
            uint digit = cell[i] - (uint)'0';
            if (digit <= 9)
            {
                digits = (10 * digits) + digit;
                decimals += decimals < 0 ? 0 : 1;
            }
            else if (cell[i] == _point && decimals < 0)
            {
                decimals = 0;
            }
            else
            {
                return false;
            }
        }

        if (decimals < 0)
        {
            value = isNegative ? -digits : digits;
            return cell[start] != '0' || cell.Length == start + 1;
        }

        double exact = digits / PowersOfTen[decimals];
        value = (float)(isNegative ? -exact : exact);
        return cell.Length - start > 1 && (BitConverter.DoubleToInt64Bits(exact) & LowBits) != Middle;
    }

    /// <summary>Reads any number.</summary>
    /// <param name="cell">The cell, trimmed, UTF-8.</param>
    /// <param name="acceptCodes">Whether an integer with a zero in front is a number all the same.</param>
    /// <param name="value">The number; infinite beyond single precision.</param>
    /// <param name="unit">The currency sign, <c>%</c>, or <c>\0</c>.</param>
    public bool TryParse(ReadOnlySpan<byte> cell, bool acceptCodes, out float value, out char unit)
    {
        Span<char> text = stackalloc char[MostCharacters], plain = stackalloc char[MostCharacters];
        (value, unit) = (0, '\0');
        if (cell.IsEmpty || cell.Length > MostCharacters || !Encoding.UTF8.TryGetChars(cell, text, out int length))
        {
            return false;
        }

        ReadOnlySpan<char> rest = text[..length];
        bool isNegative = TakeSign(ref rest);
        unit = TakeUnit(ref rest, ref isNegative);
        if (rest is "inf" or "Inf" or "Infinity" or "infinity" or "∞")
        {
            value = isNegative ? float.NegativeInfinity : float.PositiveInfinity;
            return true;
        }

        int written = Plain(rest, plain);
        if (written == 0 || (!acceptCodes && written > 1 && plain[0] == '0' && !plain[..written].ContainsAnyExceptInRange('0', '9')))
        {
            return false;
        }

        bool isNumber = float.TryParse(plain[..written], NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
        value = isNegative ? -value : value;
        return isNumber;
    }

    private static bool TakeSign(ref ReadOnlySpan<char> text)
    {
        bool isNegative = !text.IsEmpty && text[0] is '-' or '\u2212';
        text = !text.IsEmpty && text[0] is '-' or '\u2212' or '+' ? text[1..] : text;
        return isNegative;
    }

    private static char TakeUnit(ref ReadOnlySpan<char> text, ref bool isNegative)
    {
        const string Currencies = "$€£¥₹₽";
        char unit = '\0';
        if (!text.IsEmpty && Currencies.Contains(text[0], StringComparison.Ordinal))
        {
            unit = text[0];
            text = text[1..].TrimStart();
            isNegative |= TakeSign(ref text);
        }
        else if (!text.IsEmpty && (text[^1] == '%' || Currencies.Contains(text[^1], StringComparison.Ordinal)))
        {
            unit = text[^1];
            text = text[..^1].TrimEnd();
        }

        return unit;
    }

    /// <summary>Writes the number with a decimal point and without groups.</summary>
    /// <returns>The length; 0 when there is a foreign character or a group has not three digits.</returns>
    private int Plain(ReadOnlySpan<char> text, Span<char> plain)
    {
        int written = 0, sinceGroup = -1, i = 0;
        char group = '\0';
        for (; i < text.Length && text[i] != _point && text[i] is not ('e' or 'E'); i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                sinceGroup += sinceGroup < 0 ? 0 : 1;
                plain[written++] = text[i];
            }
            else if (IsGroup(text[i]) && (group == '\0' ? written is >= 1 and <= 3 : group == text[i] && sinceGroup == 3))
            {
                (group, sinceGroup) = (text[i], 0);
            }
            else
            {
                return 0;
            }
        }

        if (group != '\0' && sinceGroup != 3)
        {
            return 0;
        }

        bool hasPoint = false;
        for (; i < text.Length; i++)
        {
            bool isPoint = text[i] == _point && !hasPoint;
            hasPoint |= isPoint;
            if (!isPoint && !char.IsAsciiDigit(text[i]) && text[i] is not ('e' or 'E' or '+' or '-'))
            {
                return 0;
            }

            plain[written++] = isPoint ? '.' : text[i];
        }

        return plain[..written].ContainsAnyInRange('0', '9') ? written : 0;
    }

    private bool IsGroup(char character) => character is ' ' or '\u00A0' or '\u202F' or '\'' or '\u2019' || (character is ',' or '.' && character != _point);
}
