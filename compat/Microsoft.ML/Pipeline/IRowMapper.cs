namespace Microsoft.ML.Data;

/// <summary>Computes new columns from those of an input schema it is bound to.</summary>
internal interface IRowMapper
{
    DataViewSchema.DetachedColumn[] OutputColumns { get; }

    /// <summary>The indices of the input columns that an output column is computed from.</summary>
    IEnumerable<int> GetDependencies(int output);

    /// <summary>One ValueGetter of the raw type per active output column, null for the others.</summary>
    Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive);
}

/// <summary>One output column that is computed on its own.</summary>
/// <param name="Output">Name, type and annotations.</param>
/// <param name="Inputs">Indices of the input columns read.</param>
/// <param name="CreateGetter">Makes the ValueGetter of the output's raw type over an input row.</param>
internal sealed record ColumnMap(DataViewSchema.DetachedColumn Output, int[] Inputs, Func<DataViewRow, Delegate> CreateGetter);

internal sealed class ColumnMapper(ColumnMap[] columns) : IRowMapper
{
    public DataViewSchema.DetachedColumn[] OutputColumns { get; } = [.. columns.Select(column => column.Output)];

    public IEnumerable<int> GetDependencies(int output) => columns[output].Inputs;

    public Delegate?[] CreateGetters(DataViewRow input, Func<int, bool> isActive) =>
        [.. columns.Select((column, i) => isActive(i) ? column.CreateGetter(input) : null)];
}
