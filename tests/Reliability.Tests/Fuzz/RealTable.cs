using System.IO.Compression;
using System.Text;
using EE569.Experiments.Tables;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>A part of a real table, its cells partly exchanged, written in any dialect.</summary>
/// <param name="Header">Names of its columns.</param>
/// <param name="Rows">Its cells.</param>
internal sealed record RealTable(string[] Header, string[][] Rows)
{
    private static readonly string[] oddCells =
    [
        "", "", " ", "NA", "N/A", "?", "-", "null", "nan", "None", "**", "a\"b", "\"", "5\" pipe", "a,b", "a;b", "a\tb", "a|b", "two\nlines", "two\r\nlines", "é", "שלום", "😀", "\u00A0", "1,234", "1.234,5", "12%",
        "$5", "5 €", "1e999", "-1e-999", "Infinity", "0007", "1_000", "2015-01-31", "3/4/2015", "31/12/2015", "2015-01-31 13:45", "Jan 5, 2015", "yes", "no", "TRUE", "f", "  padded ", "16777217", "0.1", "-0", ".5", "5.", "x",
    ];

    private static readonly string[][][] tables = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Tables")).Order(StringComparer.Ordinal).Select(Cells)];

    /// <summary>Any columns and rows of any table, with some cells of another kind.</summary>
    public static RealTable Any(Mutator mutator)
    {
        string[][] cells = mutator.Pick(tables);
        int[] columns = [.. Enumerable.Range(0, cells[0].Length).OrderBy(_ => mutator.Random.Next()).Take(mutator.Random.Next(2, 7))];
        string[][] rows = [.. cells.Skip(1).OrderBy(_ => mutator.Random.Next()).Take(mutator.Random.Next(1, 25)).Select(row => columns.Select(column => row[column]).ToArray())];
        return new RealTable([.. columns.Select(column => cells[0][column])], rows).Changed(mutator);
    }

    /// <summary>The table with some cells of another kind.</summary>
    public RealTable Changed(Mutator mutator)
    {
        string[][] rows = [.. Rows.Select(row => row.ToArray())];
        for (int changes = mutator.Random.Next(4) * mutator.Random.Next(6); changes > 0; changes--)
        {
            mutator.Pick(rows)[mutator.Random.Next(Header.Length)] = mutator.Pick(oddCells);
        }

        return this with { Rows = rows };
    }

    /// <summary>Bytes of the table as somebody else's program would write it.</summary>
    public byte[] Write(char separator, Encoding encoding, bool quoteAll, bool blanks, string lineEnd, bool lastLineEnd, bool separatorLine, bool gzip)
    {
        string Quoted(string cell, int column) => (column > 0 && blanks ? " " : "")
            + (quoteAll || cell.Length == 0 && Header.Length == 1 || cell.Any(character => character == separator || "\"\r\n".Contains(character, StringComparison.Ordinal)) || (blanks && cell.StartsWith(' '))
                ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell);
        string text = string.Join(lineEnd, Rows.Prepend(Header).Select(row => string.Join(separator, row.Select(Quoted))));
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes((separatorLine ? $"sep={separator}{lineEnd}" : "") + text + (lastLineEnd ? lineEnd : ""))];
        if (!gzip)
        {
            return bytes;
        }

        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    private static string[][] Cells(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        string[][] rows = DialectDetector.Rows(bytes, Path.GetExtension(path) switch
        {
            ".tsv" => '\t',
            ".txt" => '|',
            _ => bytes.AsSpan(0, bytes.IndexOf((byte)'\n')).Contains((byte)';') ? ';' : ',',
        }, trim: true);
        return [[.. rows[0].Select((name, i) => name.Length == 0 ? $"c{i}" : name)], .. rows.Skip(1).Where(row => row.Length == rows[0].Length)];
    }
}
