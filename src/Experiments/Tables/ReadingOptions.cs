namespace EE569.Experiments.Tables;

/// <summary>What the user says of a file's dialect; null for what is to be recognised.</summary>
/// <param name="Separator">What stands between cells.</param>
/// <param name="DecimalComma">Whether the comma divides the decimals.</param>
/// <param name="Encoding">The name of its encoding.</param>
/// <param name="Missing">The spellings of a missing value, in every column; an empty cell is one always.</param>
internal sealed record ReadingOptions(char? Separator = null, bool? DecimalComma = null, string? Encoding = null, IReadOnlyList<string>? Missing = null)
{
    /// <summary>The spellings to look a cell up in, or null for the usual ones.</summary>
    public HashSet<string>? MissingWords => Missing is null ? null : [.. Missing];
}
