using System.Text;
using CsvHelper;

namespace EE569.Experiments.Tables;

/// <summary>Recognises a dialect from the beginning of a file.</summary>
internal static class DialectDetector
{
    private const int MostRows = 1000;
    private const double Most = 0.9;

    /// <param name="sample">The first bytes as UTF-8, whole lines.</param>
    /// <param name="options">What the user says.</param>
    /// <param name="encoding">The name of the encoding.</param>
    /// <param name="isGzip">Whether the file is packed.</param>
    public static Dialect Detect(ReadOnlyMemory<byte> sample, ReadingOptions options, string encoding, bool isGzip)
    {
        char? said = SeparatorLine(sample.Span);
        ReadOnlyMemory<byte> rest = said is null ? sample : sample[LineLength(sample.Span)..];
        char separator = options.Separator ?? said ?? BestSeparator(rest, options);
        string[][] rows = Rows(rest, separator, trim: false);
        bool hasBlanks = HasBlanks(rows);
        rows = hasBlanks ? Rows(rest, separator, trim: true) : rows;
        (bool trailing, bool rowNames) = Shape(rows);
        int lineFeed = rest.Span.IndexOf((byte)'\n');
        return new Dialect(
            separator, options.DecimalComma ?? HasDecimalComma(rows, separator), encoding, said is not null, hasBlanks, rowNames, trailing,
            HasWindowsLines: lineFeed > 0 && rest.Span[lineFeed - 1] == '\r', isGzip);
    }

    /// <summary>How CsvHelper is to read a file of this separator.</summary>
    public static CsvReaderOptions ReaderOptions(char separator, bool trim) => new()
    {
        Separator = separator,
        TrackLineNumbers = true,
        HasHeader = false,
        DetectSeparatorHint = false,
        TrimWhitespace = trim,
        WhitespaceCharacters = " ",
        Encoding = new UTF8Encoding(false),
        MaxRecordSize = 1 << 28,
    };

    /// <summary>The first rows of a sample.</summary>
    public static string[][] Rows(ReadOnlyMemory<byte> sample, char separator, bool trim)
    {
        using var csv = CsvReader.Create(sample, ReaderOptions(separator, trim));
        var rows = new List<string[]>();
        while (rows.Count < MostRows && csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        }

        return [.. rows];
    }

    /// <summary>The separator that cuts most rows into as many cells as the header has; of several the one whose cells are numbers and dates more often.</summary>
    private static char BestSeparator(ReadOnlyMemory<byte> sample, ReadingOptions options) => Dialect.Separators.Keys
        .Select(separator => (Separator: separator, Score: Score(Rows(sample, separator, trim: false), separator, options)))
        .MaxBy(candidate => candidate.Score).Separator;

    private static (int Level, double Typed, int Cells) Score(string[][] rows, char separator, ReadingOptions options)
    {
        if (rows is not [{ Length: > 1 } header, ..])
        {
            return default;
        }

        string[][] even = [.. rows.Skip(1).Where(row => row.Length == header.Length || row.Length == header.Length + 1)];
        var format = new CellFormat(new NumberParser(options.DecimalComma ?? HasDecimalComma([header, .. even], separator)), null);
        int cells = even.Sum(row => row.Length), typed = even.Sum(row => row.Count(cell => KindOf(format, cell) != CellKind.Text));
        return (even.Length >= Most * (rows.Length - 1) ? 2 : 1, Math.Round((double)typed / Math.Max(1, cells), 1), header.Length);
    }

    private static CellKind KindOf(CellFormat format, string cell)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(cell.Trim());
        return format.IsMissing(bytes) ? CellKind.Number : format.KindOf(bytes);
    }

    /// <summary>Only the second cell is looked at: before it a quote still stands at the beginning of its cell, behind it the quoted cell of a blank may be cut.</summary>
    private static bool HasBlanks(string[][] rows)
    {
        string[] second = [.. rows.Where(row => row.Length > 1 && row[1].Length > 0).Select(row => row[1])];
        return second.Length > 0 && second.Count(cell => cell[0] == ' ') >= Most * second.Length;
    }

    /// <summary>A name is missing behind the last separator of the header, or before the first; or rows have one cell more than the header has names.</summary>
    private static (bool Trailing, bool RowNames) Shape(string[][] rows)
    {
        if (rows is not [{ Length: > 1 } header, ..])
        {
            return default;
        }

        string[][] body = rows[1..];
        bool isLonger = body.Length > 0 && body.Count(row => row.Length == header.Length + 1) >= Most * body.Length;
        bool endsEmpty = body.All(row => row.Length < header.Length || row[^1].Length == 0);
        bool trailing = isLonger ? body.All(row => row[^1].Length == 0) : header[^1].Length == 0 && endsEmpty;
        return (trailing, (isLonger && !trailing) || string.IsNullOrWhiteSpace(header[0]) || header[0] == "Unnamed: 0");
    }

    /// <summary>
    /// Whether the comma divides decimals, by the votes of the columns whose cells are made of digits and marks: for it speaks another count of digits than three behind a comma, against it
    /// behind a point. Where all commas have three, 1,234 is more than a thousand, unless semicolons divide the cells, as they do because commas are taken.
    /// </summary>
    private static bool HasDecimalComma(string[][] rows, char separator)
    {
        int votes = 0;
        bool hasGroups = false;
        for (int column = 0; rows.Length > 1 && column < rows[0].Length; column++)
        {
            string[] cells = [.. rows.Skip(1).Select(row => column < row.Length ? row[column] : "").Where(cell => cell.Length > 0)];
            (int commas, int points, int groups) = Marks(cells);

            // Between commas a number with a comma is in quotes, and may as well be two: 516,710.
            votes += (separator == ',' && 2 * commas < cells.Length ? 0 : Math.Sign(commas)) - Math.Sign(points);
            hasGroups |= groups > 0;
        }

        return votes > 0 || (votes == 0 && hasGroups && separator == ';');
    }

    /// <summary>How many numbers of a column have a decimal comma, a decimal point, or a comma that may divide thousands; none when there is other text.</summary>
    private static (int Commas, int Points, int Groups) Marks(IEnumerable<string> cells)
    {
        (int commas, int points, int groups) = (0, 0, 0);
        foreach (string cell in cells)
        {
            ReadOnlySpan<char> text = cell.AsSpan().Trim(" \u00A0-+$€£¥₹%");
            int mark = text.LastIndexOfAny(',', '.');
            if (text.ContainsAnyExcept("0123456789.,".AsSpan()) && text.ContainsAnyInRange('0', '9') && text.IndexOfAny('e', 'E') < 0)
            {
                return default;
            }

            if (mark < 0 || mark == text.Length - 1 || !char.IsAsciiDigit(text[^1]))
            {
                continue;
            }

            bool mayBeGroup = text.Length - mark == 4 && mark is >= 1 && text[0] != '0';
            points += text[mark] == '.' && !mayBeGroup ? 1 : 0;
            commas += text[mark] == ',' && !mayBeGroup ? 1 : 0;
            groups += text[mark] == ',' && mayBeGroup ? 1 : 0;
        }

        return commas > 0 && points > 0 ? default : (commas, points, groups);
    }

    private static char? SeparatorLine(ReadOnlySpan<byte> sample)
    {
        ReadOnlySpan<byte> line = sample[..LineLength(sample)].TrimEnd("\r\n"u8);
        return line.Length == 5 && line.StartsWith("sep="u8) ? (char)line[4] : null;
    }

    private static int LineLength(ReadOnlySpan<byte> sample) => sample.IndexOf((byte)'\n') + 1 is > 0 and int length ? length : sample.Length;
}
