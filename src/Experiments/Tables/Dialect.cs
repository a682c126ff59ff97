namespace EE569.Experiments.Tables;

/// <summary>How a text file writes its table.</summary>
/// <param name="Separator">What stands between cells.</param>
/// <param name="DecimalComma">Whether the comma divides the decimals.</param>
/// <param name="Encoding">The name of its encoding.</param>
/// <param name="HasSeparatorLine">Whether the first line is <c>sep=;</c>, as Excel writes and reads it.</param>
/// <param name="HasBlanks">Whether blanks stand behind the separators, to be left away.</param>
/// <param name="HasRowNames">Whether the first column has no name: it names or counts the rows, and is left out.</param>
/// <param name="HasTrailingSeparator">Whether rows end with a separator, and no cell behind it.</param>
/// <param name="HasWindowsLines">Whether lines end with a carriage return and a line feed.</param>
/// <param name="IsGzip">Whether it is packed.</param>
internal sealed record Dialect(
    char Separator, bool DecimalComma, string Encoding, bool HasSeparatorLine = false, bool HasBlanks = false, bool HasRowNames = false, bool HasTrailingSeparator = false,
    bool HasWindowsLines = false, bool IsGzip = false)
{
    /// <summary>The separators that are recognised, the likelier first.</summary>
    public static readonly IReadOnlyDictionary<char, string> Separators = new Dictionary<char, string> { [','] = "comma", [';'] = "semicolon", ['\t'] = "tab", ['|'] = "pipe" };

    /// <summary>The dialect in a line.</summary>
    public override string ToString() => string.Join(", ", Parts());

    private IEnumerable<string> Parts()
    {
        yield return $"{(Separators.TryGetValue(Separator, out string? name) ? name : $"'{Separator}'")} separated{(HasSeparatorLine ? " (says its first line)" : "")}";
        if (DecimalComma)
        {
            yield return "decimal comma";
        }

        yield return Encoding;
        (bool Has, string Text)[] parts =
        [
            (HasWindowsLines, "CRLF"), (HasBlanks, "blanks behind separators left away"), (HasTrailingSeparator, "separator at the end of lines"),
            (HasRowNames, "the first column has no name and is left out"), (IsGzip, "gzip"),
        ];
        foreach ((bool has, string text) in parts)
        {
            if (has)
            {
                yield return text;
            }
        }
    }
}
