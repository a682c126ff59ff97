using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>What evaluators read of a scored view: columns found by name, labels of any usual type as numbers.</summary>
internal static class ScoredRows
{
    public static DataViewSchema.Column FindColumn(this DataViewSchema schema, string name, string role) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{name} column '{role}' not found");

    /// <summary>A column of one type.</summary>
    public static DataViewSchema.Column FindColumn(this DataViewSchema schema, string name, string role, DataViewType type)
    {
        DataViewSchema.Column column = schema.FindColumn(name, role);
        return column.Type == type ? column : throw Contracts.SchemaMismatch(nameof(schema), role, name, $"{type}", $"{column.Type}");
    }

    /// <summary>The label as 0 or 1 from a Boolean, as the class from 0 from a key, or as it is from a Single; NaN if missing.</summary>
    public static ValueGetter<float> GetLabelGetter(this DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is NumberDataViewType)
            return row.GetGetter<float>(column);
        if (column.Type is BooleanDataViewType)
        {
            ValueGetter<bool> boolean = row.GetGetter<bool>(column);
            bool isTrue = false;
            return (ref float value) =>
            {
                boolean(ref isTrue);
                value = isTrue ? 1 : 0;
            };
        }
        ValueGetter<uint> key = row.GetGetter<uint>(column);
        uint number = 0;
        return (ref float value) =>
        {
            key(ref number);
            value = number > 0 ? number - 1 : float.NaN;
        };
    }
}
