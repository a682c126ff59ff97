namespace Microsoft.ML.Data;

public static class ColumnCursorExtensions
{
    /// <summary>The values of a column; text as string or as memory, vectors as arrays or as VBuffer.</summary>
    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        object values = column.Type switch
        {
            _ when typeof(T) == column.Type.RawType => Values<T>(data, column),
            TextDataViewType when typeof(T) == typeof(string) => Values<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString()),
            VectorDataViewType { ItemType: TextDataViewType } when typeof(T) == typeof(string[]) =>
                Values<VBuffer<ReadOnlyMemory<char>>>(data, column).Select(vector => vector.DenseValues().Select(text => text.ToString()).ToArray()),
            VectorDataViewType { ItemType.RawType: var item } when typeof(T) == item.MakeArrayType() =>
                Getters.Call<object>(typeof(ColumnCursorExtensions), nameof(Arrays), [item], data, column),
            _ => throw new ArgumentOutOfRangeException(nameof(column),
                $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}."),
        };
        return (IEnumerable<T>)values;
    }

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) =>
        Values<VBuffer<T>>(data, column).Select(vector => vector.DenseValues().ToArray());

    private static IEnumerable<T> Values<T>(IDataView data, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<T> get = cursor.GetGetter<T>(column);
        while (cursor.MoveNext())
        {
            // A fresh buffer for each row, for callers that keep them.
            T value = default!;
            get(ref value);
            yield return value;
        }
    }
}
