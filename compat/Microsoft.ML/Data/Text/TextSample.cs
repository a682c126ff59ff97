namespace Microsoft.ML.Data;

/// <summary>What a first look at a file tells: the number of columns and the names in the header.</summary>
internal sealed class TextSample
{
    private const int MaxRows = 1000;
    private readonly int? _columnCount;

    public TextSample(TextLoader.Options options, IMultiStreamSource? sample)
    {
        IMultiStreamSource? headerSource = options.HeaderFile is { } file ? new MultiFileSource(file) : options.HasHeader ? sample : null;
        if (headerSource is not null)
        {
            Header = ReadHeader(options, headerSource);
        }

        bool isNeeded = options.Columns is null || options.Columns.Any(column => column.Source?.Any(range => range.AutoEnd) == true);
        if (isNeeded && sample is not null)
        {
            _columnCount = CountColumns(options, sample);
        }
    }

    /// <summary>Names by column; a header may leave columns out.</summary>
    public IReadOnlyDictionary<int, string> Header { get; } = new Dictionary<int, string>();

    public int ColumnCount => _columnCount ?? throw NoData();

    public static ArgumentOutOfRangeException NoData() =>
        new("Source", "Can't determine the number of source columns without valid data");

    private static Dictionary<int, string> ReadHeader(TextLoader.Options options, IMultiStreamSource source)
    {
        using var reader = new TextRowReader(options, source, int.MaxValue, (_, _, _, _, _) => { });
        TextRow row = reader.Row;
        return reader.ReadHeader()
            ? Enumerable.Range(0, row.Count).ToDictionary(row.Source, field => row[field].Trim().ToString())
            : [];
    }

    private static int? CountColumns(TextLoader.Options options, IMultiStreamSource source)
    {
        int? count = null;
        using var reader = new TextRowReader(options, source, int.MaxValue, (_, _, _, _, _) => { });
        for (int row = 0; row < MaxRows && reader.Read(); row++)
        {
            if (count is not null && count != reader.Row.ColumnCount)
            {
                throw new ArgumentOutOfRangeException("Source", "The size of input lines is not consistent");
            }

            count = reader.Row.ColumnCount;
        }

        return count;
    }
}
