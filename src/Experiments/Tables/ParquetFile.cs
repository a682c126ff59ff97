using System.Text;
using Parquet;
using Parquet.Schema;

namespace EE569.Experiments.Tables;

/// <summary>A Parquet file. Its columns have types, and are what these say; columns of lists and structures are left out.</summary>
internal sealed class ParquetFile : TableFile
{
    /// <summary>Rows that a file may tell of itself, and more for each byte; a damaged count would claim memory that no such file fills.</summary>
    private const long AlwaysAllowed = 1_000_000, RowsOfByte = 1_000;

    private readonly TableSource _source;
    private readonly ParquetReader _reader;
    private readonly DataField[] _fields;

    public ParquetFile(TableSource source, ReadingOptions options)
        : base(source.Path, new CellFormat(new NumberParser(options.DecimalComma ?? false), options.MissingWords))
    {
        _source = source;
        Stream file = source.Open(isCounted: true);
        _reader = Ask(() => Of(ParquetReader.CreateAsync(file, leaveStreamOpen: true)));
        _fields = Ask<DataField[]>(() => [.. _reader.Schema.Fields.OfType<DataField>().Where(field => !field.IsArray)]);
        Header = [.. _fields.Select(field => field.Name)];
        ExpectedRows = _reader.RowGroups.Sum(group => group.RowCount is >= 0 and <= int.MaxValue ? group.RowCount : throw new InvalidDataException($"a group of {group.RowCount} rows"));
        if (ExpectedRows > AlwaysAllowed + (RowsOfByte * file.Length))
        {
            throw new InvalidDataException($"{ExpectedRows} rows in {file.Length} bytes");
        }

        if (_fields.Length == 0)
        {
            throw new UserException($"'{Path}' has no columns of single values.");
        }
    }

    public override IReadOnlyList<string> Header { get; }

    public override string Description => FormattableString.Invariant($"Parquet, {_reader.RowGroupCount} row groups") + (_fields.Length < _reader.Schema.Fields.Count
        ? $"; columns of lists and structures are left out: {string.Join(", ", _reader.Schema.Fields.Except(_fields).Select(left => left.Name))}" : "");

    public override long ExpectedRows { get; }

    public override IReadOnlyList<ColumnReader> Read(Func<string, CellKind?> kindOf, ColumnReader? label = null)
    {
        if (ExpectedRows == 0)
        {
            throw new UserException($"'{Path}' has columns but no rows.");
        }

        var readers = new List<ColumnReader>();
        foreach (DataField field in _fields)
        {
            CellKind? forced = kindOf(field.Name);
            if (forced == CellKind.Ignored && field.Name != label?.Name)
            {
                continue;
            }

            ColumnReader reader = field.Name == label?.Name ? label : CreateReader(field.Name, forced ?? KindOf(field), isForced: forced is not null);
            long row = 1;
            foreach (ParquetRowGroupReader group in _reader.RowGroups)
            {
                row = Ask(() => Read(group, field, reader, row));
            }

            readers.Add(reader);
        }

        _source.End();
        return readers;
    }

    protected override void Dispose(bool disposing)
    {
        Of(_reader.DisposeAsync().AsTask().ContinueWith(_ => true, TaskScheduler.Default));
        _source.Dispose();
    }

    /// <summary>Reads something; a damaged file can lead Parquet.Net to any exception whatever.</summary>
    private T Ask<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not UserException)
        {
            throw new UserException($"Cannot read '{Path}': {exception.GetBaseException().Message.ReplaceLineEndings(" ")}", exception);
        }
    }

    private static CellKind KindOf(DataField field) =>
        field.ClrType == typeof(ReadOnlyMemory<char>) || field.ClrType == typeof(Guid) ? CellKind.Text
        : field.ClrType == typeof(DateTime) || field.ClrType == typeof(DateOnly) ? CellKind.Date
        : field.ClrType == typeof(bool) ? CellKind.Boolean : CellKind.Number;

    private static long Read(ParquetRowGroupReader group, DataField field, ColumnReader reader, long row) => field.ClrType switch
    {
        { } type when type == typeof(ReadOnlyMemory<char>) => Texts(group, field, reader, row),
        { } type when type == typeof(Guid) => Values<Guid>(group, field, reader, row, _ => float.NaN),
        { } type when type == typeof(double) => Values<double>(group, field, reader, row, value => (float)value),
        { } type when type == typeof(float) => Values<float>(group, field, reader, row, value => value),
        { } type when type == typeof(decimal) => Values<decimal>(group, field, reader, row, value => (float)value),
        { } type when type == typeof(long) => Values<long>(group, field, reader, row, value => value),
        { } type when type == typeof(ulong) => Values<ulong>(group, field, reader, row, value => value),
        { } type when type == typeof(int) => Values<int>(group, field, reader, row, value => value),
        { } type when type == typeof(uint) => Values<uint>(group, field, reader, row, value => value),
        { } type when type == typeof(short) => Values<short>(group, field, reader, row, value => value),
        { } type when type == typeof(ushort) => Values<ushort>(group, field, reader, row, value => value),
        { } type when type == typeof(sbyte) => Values<sbyte>(group, field, reader, row, value => value),
        { } type when type == typeof(byte) => Values<byte>(group, field, reader, row, value => value),
        { } type when type == typeof(bool) => Values<bool>(group, field, reader, row, value => value ? 1 : 0),
        { } type when type == typeof(DateTime) => Values<DateTime>(group, field, reader, row, _ => float.NaN),
        { } type when type == typeof(DateOnly) => Values<DateOnly>(group, field, reader, row, _ => float.NaN),
        { } type when type == typeof(TimeSpan) => Values<TimeSpan>(group, field, reader, row, value => (float)value.TotalSeconds),
        { } type => throw new UserException($"Column '{field.Name}' holds values of the type {type.Name}, which are not read: leave it out with --ignore \"{field.Name}\"."),
    };

    private static long Texts(ParquetRowGroupReader group, DataField field, ColumnReader reader, long row)
    {
        string?[] cells = new string?[group.RowCount];
        Of(group.ReadAsync(field, cells.AsMemory()!));
        foreach (string? cell in cells)
        {
            reader.Add(cell is null ? [] : Encoding.UTF8.GetBytes(cell), row++);
        }

        return row;
    }

    private static long Values<T>(ParquetRowGroupReader group, DataField field, ColumnReader reader, long row, Func<T, float> number)
        where T : struct
    {
        var cells = new T?[group.RowCount];
        if (field.IsNullable)
        {
            Of(group.ReadAsync(field, cells.AsMemory()));
        }
        else
        {
            var values = new T[group.RowCount];
            Of(group.ReadAsync(field, values.AsMemory()));
            cells = Array.ConvertAll(values, value => (T?)value);
        }

        foreach (T? cell in cells)
        {
            switch (reader)
            {
                case NumberColumn numbers:
                    numbers.Add(cell is { } value ? number(value) : float.NaN, row++);
                    break;
                case DateColumn dates when cell is null or DateTime or DateOnly:
                    dates.Add(cell is DateOnly day ? day.ToDateTime(TimeOnly.MinValue) : cell as DateTime?, row++);
                    break;
                default:
                    reader.Add(Encoding.UTF8.GetBytes(Written(cell)), row++);
                    break;
            }
        }

        return row;
    }

    private static string Written<T>(T? cell)
        where T : struct => cell switch
        {
            bool value => value ? "true" : "false",
            DateTime value => value.ToString(value.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
            DateOnly value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
            _ => "",
        };

    private static T Of<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Of(ValueTask task) => task.AsTask().GetAwaiter().GetResult();
}
