using CsvHelper;

namespace EE569.Experiments.Tables;

/// <summary>A user's CSV file (RFC 4180, comma separated, with a header line), read once; every fault is a <see cref="UserException"/> that names it.</summary>
internal sealed class CsvFile : IDisposable
{
    private const double Megabyte = 1 << 20;

    private readonly IProgressReporter _progress;
    private readonly string _task;
    private readonly System.Diagnostics.Stopwatch _clock = System.Diagnostics.Stopwatch.StartNew();
    private readonly CsvReader _csv;

    /// <summary>Opens the file and reads its header.</summary>
    public CsvFile(string path, IProgressReporter progress)
    {
        (Path, _progress, _task) = (path, progress, $"reading {System.IO.Path.GetFileName(path)}");
        (_csv, Header) = Guard(() =>
        {
            FileStream file = File.OpenRead(path);
            progress.Begin(_task, file.Length / Megabyte, "MB");
            var csv = CsvReader.Create(
                new ProgressStream(file, bytes => progress.Advance(_task, bytes / Megabyte)), new CsvReaderOptions { Separator = ',', TrackLineNumbers = true, PoolStrings = true });
            return (csv, csv.Headers);
        });
        CheckHeader();
    }

    public string Path { get; }

    /// <summary>The names of its columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>The name itself, or an error that lists the columns there are.</summary>
    public string Require(string column)
    {
        const int Most = 20;
        string more = Header.Count > Most ? $" and {Header.Count - Most} more" : "";
        return Header.Contains(column) ? column : throw new UserException($"'{Path}' has no column '{column}'. Its columns are {string.Join(", ", Header.Take(Most))}{more}.");
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="kindOf">What the column of this name is read as.</param>
    /// <param name="label">The column whose different values are wanted, or null.</param>
    public IReadOnlyList<CsvColumn> Read(Func<string, CellKind> kindOf, string? label = null)
    {
        CsvColumn[] columns = [.. Header.Select(name => new CsvColumn(name, kindOf(name), name == label))];
        long rows = 0;
        while (Guard(_csv.Read))
        {
            if (_csv.FieldCount != columns.Length)
            {
                throw new UserException($"'{Path}' line {_csv.LineNumber} has {_csv.FieldCount} cells, but the header has {columns.Length} columns.");
            }

            for (int i = 0; i < columns.Length; i++)
            {
                columns[i].Add(_csv, i);
            }

            rows++;
        }

        _progress.End(_task, _clock.Elapsed);
        return rows > 0 ? columns : throw new UserException($"'{Path}' has a header but no rows.");
    }

    public void Dispose() => _csv.Dispose();

    private void CheckHeader()
    {
        if (Header.Count == 0)
        {
            throw new UserException($"'{Path}' is empty: its first line must name the columns.");
        }

        var seen = new Dictionary<string, int>();
        for (int i = 0; i < Header.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Header[i]))
            {
                throw new UserException($"'{Path}': column {i + 1} has no name in the header line.");
            }

            if (!seen.TryAdd(Header[i], i))
            {
                throw new UserException($"'{Path}': columns {seen[Header[i]] + 1} and {i + 1} are both named '{Header[i]}'. Give every column a name of its own.");
            }
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no file '{Path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CsvFormatException)
        {
            throw new UserException($"Cannot read '{Path}': {exception.Message}", exception);
        }
    }
}
