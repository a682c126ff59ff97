using System.Text;

namespace EE569.Experiments.Tables;

/// <summary>How a table writes its cells.</summary>
/// <param name="Numbers">How it writes numbers.</param>
/// <param name="MissingWords">The user's spellings of missing values, or null for the usual ones.</param>
internal sealed record CellFormat(NumberParser Numbers, HashSet<string>? MissingWords)
{
    private const int LongestDate = 40;

    public bool IsMissing(ReadOnlySpan<byte> trimmed) => CellWords.IsMissing(trimmed, MissingWords);

    /// <summary>What a cell with a value is.</summary>
    public CellKind KindOf(ReadOnlySpan<byte> trimmed) =>
        Numbers.TryParse(trimmed, acceptCodes: false, out _, out _) ? CellKind.Number
        : CellWords.TryGetBoolean(trimmed, out _, out _) ? CellKind.Boolean
        : TryParseDate(trimmed, out _) ? CellKind.Date
        : CellKind.Text;

    /// <summary>Reads a date.</summary>
    public static bool TryParseDate(ReadOnlySpan<byte> trimmed, out DateCell date)
    {
        Span<char> text = stackalloc char[LongestDate];
        date = default;
        return trimmed.Length <= LongestDate && Encoding.UTF8.TryGetChars(trimmed, text, out int length) && DateCell.TryParse(text[..length], out date);
    }
}
