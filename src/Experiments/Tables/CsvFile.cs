using System.Text;
using CsvHelper;

namespace EE569.Experiments.Tables;

/// <summary>
/// A text file of rows and cells (RFC 4180, and the other dialects that <see cref="DialectDetector"/> knows). One pass reads all columns, each as the kind that the first rows have; a column that
/// later turns out to be of another kind is read once more, alone.
/// </summary>
internal sealed class CsvFile : TableFile
{
    private const int SampleBytes = 1 << 16;

    private readonly TableSource _source;
    private readonly Encoding _encoding;
    private readonly int _markLength;
    private readonly string[][] _sample;
    private readonly bool _isRenamed;

    /// <summary>Recognises the dialect and reads the header.</summary>
    public CsvFile(TableSource source, ReadingOptions options)
        : this(source, options, Start(source, options))
    {
    }

    private CsvFile(TableSource source, ReadingOptions options, (Encoding Encoding, int MarkLength, byte[] Sample, Dialect Dialect, bool IsWhole) start)
        : base(source.Path, new CellFormat(new NumberParser(start.Dialect.DecimalComma), options.MissingWords))
    {
        (_source, _encoding, _markLength, Dialect) = (source, start.Encoding, start.MarkLength, start.Dialect);
        byte[] table = start.Dialect.HasSeparatorLine ? start.Sample[(start.Sample.AsSpan().IndexOf((byte)'\n') + 1)..] : start.Sample;
        _sample = DialectDetector.Rows(table, Dialect.Separator, Dialect.HasBlanks);
        ExpectedRows = start.IsWhole || source.IsGzip || _sample.Length < 2 ? _sample.Length : (long)(1.03 * source.Length * _sample.Length / BytesOf(_sample));
        string[] names = NamesOf(_sample);
        Header = names.Length > 0 ? WithAllNamed(names) : throw new UserException($"'{Path}' is empty: its first line must name the columns.");
        _isRenamed = !Header.SequenceEqual(names);
    }

    public Dialect Dialect { get; }

    public override IReadOnlyList<string> Header { get; }

    public override string Description => Dialect + (_isRenamed ? ", columns without a name and those of the same name are numbered" : "");

    public override long ExpectedRows { get; }

    /// <summary>When a name is not found and the header looks like the rows below it, there is none.</summary>
    protected override string MissingHint => LooksLikeData() ? " Its first line seems to hold values and no names: put a line with the names of the columns before it." : "";

    private int FirstColumn => Dialect.HasRowNames ? 1 : 0;

    public override IReadOnlyList<ColumnReader> Read(Func<string, CellKind?> kindOf, ColumnReader? label = null)
    {
        ColumnReader?[] readers = [.. Header.Select((name, i) => name == label?.Name ? label : kindOf(name) is { } kind ? Forced(name, kind) : CreateReader(name, SampleKind(i), isForced: false))];
        if (Guard(() => ReadRows(readers, isFirst: true)) == 0)
        {
            throw new UserException($"'{Path}' has a header but no rows.");
        }

        // A column whose cells turned out to be of another kind is read again as that; texts are what they are, so this ends.
        while (Array.FindAll(readers, IsMistaken) is { Length: > 0 })
        {
            ColumnReader?[] again = [.. readers.Select(reader => IsMistaken(reader) ? CreateReader(reader!.Name, reader.Found, isForced: false) : null)];
            readers = [.. readers.Zip(again, (reader, other) => other ?? reader)];
            Guard(() => ReadRows(again, isFirst: false));
        }

        _source.End();
        return [.. readers.OfType<ColumnReader>()];

        bool IsMistaken(ColumnReader? reader) => reader is not null && reader != label && kindOf(reader.Name) is null && reader.Found != reader.Kind;

        ColumnReader? Forced(string name, CellKind kind) => kind == CellKind.Ignored ? null : CreateReader(name, kind, isForced: true);
    }

    protected override void Dispose(bool disposing) => _source.Dispose();

    private static (Encoding Encoding, int MarkLength, byte[] Sample, Dialect Dialect, bool IsWhole) Start(TableSource source, ReadingOptions options)
    {
        byte[] first = new byte[4];
        int length = source.Open(isCounted: false).ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        (Encoding encoding, int markLength) = TextEncoding.Detect(first.AsSpan(0, length), options.Encoding);
        byte[] sample = new byte[SampleBytes];
        try
        {
            int read = TextEncoding.ToUtf8(source.Open(isCounted: false), encoding, markLength).ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
            bool isWhole = read < sample.Length;
            int lastLine = sample.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            sample = sample[..(isWhole || lastLine == 0 ? read : lastLine)];
            string name = encoding.WebName + (markLength > 0 ? " with a byte order mark" : "");
            return (encoding, markLength, sample, DialectDetector.Detect(sample, options, name, source.IsGzip), isWhole);
        }
        catch (DecoderFallbackException exception)
        {
            throw WrongEncoding(source, encoding, markLength, exception);
        }
    }

    private static UserException WrongEncoding(TableSource source, Encoding encoding, int markLength, Exception cause)
    {
        long line = TextEncoding.LineOfFault(new BufferedStream(source.Open(isCounted: false)), encoding, markLength);
        string remedy = encoding is UTF8Encoding ? "name its encoding, such as --encoding windows-1252" : "name another --encoding";
        return new UserException($"'{source.Path}' line {line} has bytes that are not {encoding.WebName}: {remedy}, or put the line right.", cause);
    }

    private static double BytesOf(string[][] rows) => rows.Sum(row => row.Sum(cell => Encoding.UTF8.GetByteCount(cell) + 1.0));

    private string[] NamesOf(string[][] rows)
    {
        string[] names = rows is [{ } header, ..] ? header : [];
        bool isShort = rows.Length > 1 && rows[1].Length == names.Length + 1;
        names = Dialect.HasTrailingSeparator && !isShort ? names[..^1] : names;
        return [.. (Dialect.HasRowNames && !(isShort && !Dialect.HasTrailingSeparator) ? names[1..] : names).Select(name => name.Trim())];
    }

    /// <summary>A column without a name is called by its number, the second of a name has a 2 behind it.</summary>
    private string[] WithAllNamed(string[] names)
    {
        var seen = new HashSet<string>();
        string[] all = [.. names.Select((name, i) => name.Length > 0 ? name : $"column {i + 1 + FirstColumn}")];
        return [.. all.Select(name => seen.Add(name) ? name : Enumerable.Range(2, names.Length).Select(number => $"{name} {number}").First(other => !all.Contains(other) && seen.Add(other)))];
    }

    private long ReadRows(ColumnReader?[] readers, bool isFirst)
    {
        UserException? unclosed = null;
        CsvReaderOptions options = DialectDetector.ReaderOptions(Dialect.Separator, Dialect.HasBlanks) with
        {
            OnMalformedRecord = record => unclosed ??= record.Reason == CsvMalformedReason.UnterminatedQuote
                ? new UserException($"'{Path}': a quote that opens in the row of line {record.LineNumber} is never closed.") : null,
        };
        using var csv = CsvReader.Create(TextEncoding.ToUtf8(_source.Open(isFirst), _encoding, _markLength), options, leaveOpen: true);
        if (Dialect.HasSeparatorLine)
        {
            csv.Read();
        }

        csv.Read();
        (int Index, ColumnReader Reader)[] wanted = [.. readers.Index().Where(item => item.Item is not null).Select(item => (item.Index + FirstColumn, item.Item!))];
        int cells = readers.Length + FirstColumn;
        long rows = 0;
        while (csv.Read())
        {
            if (csv.FieldCount != cells && !(Dialect.HasTrailingSeparator && csv.FieldCount == cells + 1 && csv.GetSpan(cells).IsEmpty))
            {
                throw unclosed ?? new UserException($"'{Path}' line {csv.LineNumber} has {csv.FieldCount} cells, but the header has {cells} columns.");
            }

            long line = csv.LineNumber;
            foreach ((int index, ColumnReader reader) in wanted)
            {
                reader.Add(csv.GetSpan(index), line);
            }

            rows++;
        }

        return unclosed is null ? rows : throw unclosed;
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return Guard(Path, read);
        }
        catch (DecoderFallbackException exception)
        {
            throw WrongEncoding(_source, _encoding, _markLength, exception);
        }
    }

    private CellKind SampleKind(int column)
    {
        var counts = default(KindCounts);
        foreach (string[] row in _sample.Skip(1))
        {
            byte[] cell = Encoding.UTF8.GetBytes(row.ElementAtOrDefault(column + FirstColumn)?.Trim() ?? "");
            if (!Format.IsMissing(cell))
            {
                counts.Add(Format.KindOf(cell));
            }
        }

        return counts.Kind;
    }

    /// <summary>Whether names recur as values of their columns, or are numbers over columns of numbers (but not years, or a count).</summary>
    private bool LooksLikeData()
    {
        int alike = Header.Index().Count(name => Format.KindOf(Encoding.UTF8.GetBytes(name.Item)) is var kind && kind != CellKind.Text
            ? kind == SampleKind(name.Index) : _sample.Skip(1).Any(row => row.ElementAtOrDefault(name.Index + FirstColumn)?.Trim() == name.Item));
        int[] counted = [.. Header.Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out int number) ? number : int.MinValue)];
        bool isCount = counted.Zip(counted.Skip(1)).Count(pair => pair.Second == pair.First + 1) > counted.Length / 2;
        return alike > Header.Count / 2 && !isCount;
    }
}
