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
        string method =
            typeof(T) == column.Type.RawType ? nameof(Values)
            : column.Type is TextDataViewType && typeof(T) == typeof(string) ? nameof(Texts)
            : column.Type is VectorDataViewType { ItemType: TextDataViewType } && typeof(T) == typeof(string[]) ? nameof(TextArrays)
            : column.Type is VectorDataViewType { ItemType: var item } && typeof(T) == item.RawType.MakeArrayType() ? nameof(Arrays)
            : throw new ArgumentOutOfRangeException(nameof(column),
                $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {typeof(T)}.");
        return method is nameof(Texts) ? (IEnumerable<T>)Texts(data, column)
            : method is nameof(TextArrays) ? (IEnumerable<T>)TextArrays(data, column)
            : Getters.Call<IEnumerable<T>>(typeof(ColumnCursorExtensions), method, [column.Type is VectorDataViewType && method == nameof(Arrays) ? column.Type.ItemType().RawType : typeof(T)], data, column);
    }

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

    private static IEnumerable<string> Texts(IDataView data, DataViewSchema.Column column) =>
        Values<ReadOnlyMemory<char>>(data, column).Select(text => text.ToString());

    private static IEnumerable<string[]> TextArrays(IDataView data, DataViewSchema.Column column) =>
        Values<VBuffer<ReadOnlyMemory<char>>>(data, column).Select(vector => vector.DenseValues().Select(text => text.ToString()).ToArray());

    private static IEnumerable<T[]> Arrays<T>(IDataView data, DataViewSchema.Column column) =>
        Values<VBuffer<T>>(data, column).Select(vector => vector.DenseValues().ToArray());
}
