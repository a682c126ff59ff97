namespace EE569.Experiments.Tables;

/// <summary>A user's table, opened; every fault is a <see cref="UserException"/> that names it.</summary>
internal abstract class TableFile(string path, CellFormat format) : IDisposable
{
    private const int MostNames = 20;

    public string Path => path;

    /// <summary>The names of its columns.</summary>
    public abstract IReadOnlyList<string> Header { get; }

    /// <summary>How it is written, in a line.</summary>
    public abstract string Description { get; }

    /// <summary>About how many rows it has.</summary>
    public abstract long ExpectedRows { get; }

    /// <summary>How it writes its cells.</summary>
    public CellFormat Format => format;

    /// <summary>A hint for a reader that does not find a column.</summary>
    protected virtual string MissingHint => "";

    /// <summary>Opens a file, or standard input.</summary>
    public static TableFile Open(string path, ReadingOptions? options = null, IProgressReporter? progress = null)
    {
        TableSource source = Guard(path, () => new TableSource(path, progress ?? new SilentProgress()));
        try
        {
            return Guard<TableFile>(path, () => source.IsZip
                ? throw new UserException($"'{path}' is a zip archive or a workbook. Unpack it, or save the sheet as CSV.")
                : source.IsParquet ? new ParquetFile(source, options ?? new ReadingOptions()) : new CsvFile(source, options ?? new ReadingOptions()));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>The name itself, or an error that lists the columns there are.</summary>
    public string Require(string column)
    {
        string more = Header.Count > MostNames ? $" and {Header.Count - MostNames} more" : "";
        return Header.Contains(column) ? column
            : throw new UserException($"'{path}' has no column '{column}'. Its columns are {string.Join(", ", Header.Take(MostNames).Select(ColumnReader.Shortened))}{more}.{MissingHint}");
    }

    /// <summary>Reads all rows.</summary>
    /// <param name="kindOf">What the column of this name is read as; null for what its cells are.</param>
    /// <param name="label">Reads the column of its name in its own way, or null.</param>
    /// <returns>A reader for each column of the header that is not ignored.</returns>
    public abstract IReadOnlyList<ColumnReader> Read(Func<string, CellKind?> kindOf, ColumnReader? label = null);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the file.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>A reader for cells of a kind.</summary>
    protected ColumnReader CreateReader(string name, CellKind kind, bool isForced) => kind switch
    {
        CellKind.Number => new NumberColumn(name, format, ExpectedRows, isForced),
        CellKind.Boolean => new BooleanColumn(name, format, ExpectedRows),
        CellKind.Date => new DateColumn(name, format, ExpectedRows),
        _ => new TextColumn(name, format, ExpectedRows),
    };

    /// <summary>Turns what reading throws into a <see cref="UserException"/>.</summary>
    protected static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UserException($"There is no file '{path}'.", exception);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or CsvHelper.CsvFormatException)
        {
            throw new UserException($"Cannot read '{path}': {exception.Message.ReplaceLineEndings(" ")}", exception);
        }
    }
}
