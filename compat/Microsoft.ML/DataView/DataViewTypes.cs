namespace Microsoft.ML.Data;

/// <summary>Shorthands over <see cref="DataViewType"/>.</summary>
internal static class DataViewTypes
{
    public static DataViewType ItemType(this DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : type;

    /// <summary>The number of values in a vector column, 0 if it varies, 1 for a scalar.</summary>
    public static int ValueCount(this DataViewType type) => type is VectorDataViewType vector ? vector.Size : 1;

    public static bool IsKnownSizeVector(this DataViewType type) => type is VectorDataViewType { IsKnownSize: true };

    /// <summary>The number of categories of a key type, 0 for any other type.</summary>
    public static int KeyCount(this DataViewType type) => type.ItemType() is KeyDataViewType key ? checked((int)key.Count) : 0;

    public static PrimitiveDataViewType? PrimitiveFromClr(Type type)
    {
        return NumberDataViewType.FromType(type) is { } number ? number
            : type == typeof(bool) ? BooleanDataViewType.Instance
            : type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? TextDataViewType.Instance
            : type == typeof(DateTime) ? DateTimeDataViewType.Instance
            : type == typeof(DateTimeOffset) ? DateTimeOffsetDataViewType.Instance
            : type == typeof(TimeSpan) ? TimeSpanDataViewType.Instance
            : type == typeof(DataViewRowId) ? RowIdDataViewType.Instance
            : null;
    }

    public static PrimitiveDataViewType FromKind(DataKind kind) => kind switch
    {
        DataKind.SByte => NumberDataViewType.SByte,
        DataKind.Byte => NumberDataViewType.Byte,
        DataKind.Int16 => NumberDataViewType.Int16,
        DataKind.UInt16 => NumberDataViewType.UInt16,
        DataKind.Int32 => NumberDataViewType.Int32,
        DataKind.UInt32 => NumberDataViewType.UInt32,
        DataKind.Int64 => NumberDataViewType.Int64,
        DataKind.UInt64 => NumberDataViewType.UInt64,
        DataKind.Single => NumberDataViewType.Single,
        DataKind.Double => NumberDataViewType.Double,
        DataKind.String => TextDataViewType.Instance,
        DataKind.Boolean => BooleanDataViewType.Instance,
        DataKind.TimeSpan => TimeSpanDataViewType.Instance,
        DataKind.DateTime => DateTimeDataViewType.Instance,
        DataKind.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown data kind."),
    };
}
