using System.Text;

namespace EE569.Experiments.Tables;

/// <summary>The words that stand for a missing value, and those for yes and no.</summary>
internal static class CellWords
{
    /// <summary>From this pair on, the words are single letters.</summary>
    public const int FirstOfLetters = 2;

    private const int LongestWord = 13;

    /// <summary>Missing wherever the other cells are numbers, dates, or yes and no; so is what has neither letter nor digit, such as ?, - and **.</summary>
    private static readonly HashSet<string> MissingAmongValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "#N/A", "n.a.", "<NA>", "NULL", "nan", "None", "nil", "missing", "unknown", "not available", "\\N", "#VALUE!", "#DIV/0!", "#NULL!", "NaT",
    };

    /// <summary>Missing among texts too, for no text is spelt like that; <c>NA</c> alone needs a look at the others.</summary>
    private static readonly HashSet<string> MissingAmongTexts = new(StringComparer.Ordinal) { "N/A", "n/a", "#N/A", "<NA>", "NULL", "null", "NaN", "nan", "?", "\\N", "NaT", "NA" };

    private static readonly Dictionary<string, (int Family, bool Value)> Booleans = new(StringComparer.OrdinalIgnoreCase)
    {
        ["no"] = (0, false),
        ["yes"] = (0, true),
        ["false"] = (1, false),
        ["true"] = (1, true),
        ["f"] = (2, false),
        ["t"] = (2, true),
        ["n"] = (3, false),
        ["y"] = (3, true),
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> AmongValues = MissingAmongValues.GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly Dictionary<string, (int Family, bool Value)>.AlternateLookup<ReadOnlySpan<char>> BooleanWords = Booleans.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The cell without blanks around it.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) => cell.Trim(" \t\r\n\f\v"u8);

    /// <summary>Whether the cell is empty, or spelt as a missing number is.</summary>
    /// <param name="cell">The cell, trimmed.</param>
    /// <param name="spellings">The user's own spellings, or null for the usual ones.</param>
    public static bool IsMissing(ReadOnlySpan<byte> cell, HashSet<string>? spellings)
    {
        if (cell.IsEmpty)
        {
            return true;
        }

        if (spellings is not null)
        {
            return spellings.Count > 0 && spellings.Contains(Encoding.UTF8.GetString(cell));
        }

        Span<char> word = stackalloc char[LongestWord];
        return cell.Length <= LongestWord && Encoding.UTF8.TryGetChars(cell, word, out int length) && (AmongValues.Contains(word[..length]) || !HasLetterOrDigit(word[..length]));
    }

    private static bool HasLetterOrDigit(ReadOnlySpan<char> word)
    {
        foreach (char character in word)
        {
            if (char.IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Which pair of words the cell is of (yes and no, true and false, t and f, y and n), and whether it is yes.</summary>
    public static bool TryGetBoolean(ReadOnlySpan<byte> cell, out int family, out bool value)
    {
        Span<char> word = stackalloc char[5];
        (family, value) = (-1, false);
        if (cell.Length is 0 or > 5 || !Encoding.UTF8.TryGetChars(cell, word, out int length) || !BooleanWords.TryGetValue(word[..length], out (int Family, bool Value) found))
        {
            return false;
        }

        (family, value) = found;
        return true;
    }

    /// <summary>
    /// Which of a text column's values stand for missing ones. <c>NA</c> does not where the others are codes like it (Namibia among countries, North America among continents).
    /// </summary>
    /// <param name="values">The different values of the column.</param>
    public static IEnumerable<string> MissingTexts(IReadOnlyCollection<string> values)
    {
        string[] candidates = [.. values.Where(MissingAmongTexts.Contains)];
        int others = values.Count - candidates.Length, codes = values.Count(value => value is not "NA" && value.Length is > 0 and <= 3 && value.All(char.IsAsciiLetterUpper));
        return candidates.Where(value => others > 0 && (value != "NA" || 2 * codes < others));
    }
}
