using Microsoft.Data.Analysis;
using Microsoft.ML.Data;

namespace Microsoft.ML;

public static class IDataViewExtensions
{
    private const long DefaultMaxRows = 100;

    /// <summary>Copies the first rows (all of them for -1).</summary>
    public static DataFrame ToDataFrame(this IDataView dataView, long maxRows = DefaultMaxRows) => Copy(dataView, maxRows, dataView.Schema);

    public static DataFrame ToDataFrame(this IDataView dataView, params string[] selectColumns) =>
        ToDataFrame(dataView, DefaultMaxRows, selectColumns);

    public static DataFrame ToDataFrame(this IDataView dataView, long maxRows, params string[] selectColumns) =>
        Copy(dataView, maxRows, dataView.Schema.Where(column => selectColumns.Contains(column.Name)));

    private static DataFrame Copy(IDataView dataView, long maxRows, IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] sources = [.. columns.Where(column => !column.IsHidden)];
        DataFrameColumn[] copies = [.. sources.Select(source => CreateColumn(source.Name, source.Type))];
        using DataViewRowCursor cursor = dataView.GetRowCursor(sources);
        Action[] appenders = [.. copies.Zip(sources, (copy, source) => copy.CreateAppender(cursor, source))];
        for (long row = 0; (maxRows < 0 || row < maxRows) && cursor.MoveNext(); row++)
        {
            foreach (Action append in appenders)
            {
                append();
            }
        }

        return new DataFrame(copies);
    }

    private static DataFrameColumn CreateColumn(string name, DataViewType type) => type switch
    {
        VectorDataViewType vector => (DataFrameColumn)Activator.CreateInstance(
            typeof(VBufferDataFrameColumn<>).MakeGenericType(vector.ItemType.RawType), name)!,
        TextDataViewType => new StringDataFrameColumn(name),
        KeyDataViewType => throw new NotSupportedException($"{type.RawType.Name} is not a supported column type."),
        _ => DataFrameColumns.Create(type.RawType, name),
    };
}
