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
        return column.Type == type ? column : throw Contracts.SchemaMismatch(nameof(schema), role.ToLowerInvariant(), name, $"{type}", $"{column.Type}");
    }

    /// <summary>The label as 0 or 1 from a Boolean, as the class from 0 from a key, or as it is from a number; NaN if missing.</summary>
    public static ValueGetter<float> GetLabelGetter(this DataViewRow row, DataViewSchema.Column column) =>
        column.Type is BooleanDataViewType ? Converted<bool>(row, column, label => label ? 1 : 0)
        : column.Type is KeyDataViewType ? Converted<uint>(row, column, key => key > 0 ? key - 1 : float.NaN)
        : column.Type == NumberDataViewType.Double ? Converted<double>(row, column, label => (float)label)
        : row.GetGetter<float>(column);

    private static ValueGetter<float> Converted<TLabel>(DataViewRow row, DataViewSchema.Column column, Func<TLabel, float> convert) =>
        (ValueGetter<float>)Getters.Map<TLabel, float>(row, column, (label, _) => convert(label));
}
