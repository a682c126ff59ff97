namespace EE569.Experiments.Tables;

/// <summary>What was read, a line a column.</summary>
internal static class ColumnReport
{
    private const int MostLines = 30;

    /// <summary>The dialect, and each feature column: kind, missing cells, different values, what is unusual, what became of it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="preparation">The fitted preparation.</param>
    public static IEnumerable<string> Lines(LabeledTable table, TableFeaturizingTransformer preparation)
    {
        var prepared = preparation.Columns.ToDictionary(column => column.Name);
        yield return $"Read as {table.Dialect}.";
        int width = table.Columns.Take(MostLines).Max(column => ColumnReader.Shortened(column.Name).Length);
        foreach (LoadedColumn column in table.Columns.Take(MostLines))
        {
            yield return $"  {ColumnReader.Shortened(column.Name).PadRight(width)}  {Line(column, table, prepared[column.Name])}";
        }

        if (table.Columns.Count > MostLines)
        {
            IEnumerable<string> kinds = table.Columns.Skip(MostLines).CountBy(column => Word(column, prepared[column.Name])).Select(count => $"{count.Value} of {count.Key}");
            string[] leftOut = [.. table.Columns.Skip(MostLines).Select(column => column.Name).Where(name => !IsUsed(prepared[name]))];
            yield return $"  and {table.Columns.Count - MostLines} more: {string.Join(", ", kinds)}{(leftOut.Length == 0 ? "" : $"; left out of these: {string.Join(", ", leftOut.Select(ColumnReader.Shortened))}")}";
        }
    }

    /// <summary>The same for programs.</summary>
    public static object Json(LabeledTable table, TableFeaturizingTransformer preparation) =>
        table.Columns.Join(preparation.Columns, column => column.Name, prepared => prepared.Name, (column, prepared) => new
        {
            name = column.Name,
            kind = Word(column, prepared),
            missing = column.Missing,
            distinct = column.Distinct,
            hasMoreDistinct = column.HasMoreDistinct,
            note = column.Note,
            warning = column.Warning,
            preparedAs = $"{prepared.Kind}",
            slots = prepared.SlotCount,
            treatment = prepared.Treatment,
        });

    /// <summary>Whether features are made of a column.</summary>
    public static bool IsUsed(FeaturizedColumn column) => column.Kind < TableColumnKind.Identifier;

    private static string Line(LoadedColumn column, LabeledTable table, FeaturizedColumn prepared) => string.Join(", ", new[]
    {
        Word(column, prepared),
        column.Missing == 0 ? "" : FormattableString.Invariant($"{column.Missing} missing ({100.0 * column.Missing / table.Rows:F1} %)"),
        $"{column.DistinctText} different{(column.Examples.Count > 0 ? $" ({string.Join(", ", column.Examples)}{(column.Distinct > column.Examples.Count ? " …" : "")})" : "")}",
        column.Note ?? "",
        column.Warning ?? "",
    }.Where(part => part.Length > 0)) + $"; {prepared.Treatment}";

    private static string Word(LoadedColumn column, FeaturizedColumn prepared) => column.Kind switch
    {
        CellKind.Number => "numbers",
        CellKind.Boolean => "yes or no",
        CellKind.Date => "dates",
        _ => prepared.Kind == TableColumnKind.Text ? "free text" : "text",
    };
}
