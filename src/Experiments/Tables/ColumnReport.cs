namespace EE569.Experiments.Tables;

/// <summary>What was read, a line a column.</summary>
internal static class ColumnReport
{
    private const int MostLines = 30;

    /// <summary>The dialect, and each feature column: kind, missing cells, different values, what is unusual.</summary>
    public static IEnumerable<string> Lines(LabeledTable table)
    {
        yield return $"Read as {table.Dialect}.";
        int width = table.Columns.Take(MostLines).Max(column => ColumnReader.Shortened(column.Name).Length);
        foreach (LoadedColumn column in table.Columns.Take(MostLines))
        {
            yield return $"  {ColumnReader.Shortened(column.Name).PadRight(width)}  {Line(column, table)}";
        }

        if (table.Columns.Count > MostLines)
        {
            IEnumerable<string> kinds = table.Columns.Skip(MostLines).CountBy(column => Word(column, table)).Select(count => $"{count.Value} of {count.Key}");
            yield return $"  and {table.Columns.Count - MostLines} more: {string.Join(", ", kinds)}";
        }
    }

    /// <summary>The same for programs.</summary>
    public static object Json(LabeledTable table) => table.Columns.Select(column => new
    {
        name = column.Name,
        kind = Word(column, table),
        missing = column.Missing,
        distinct = column.Distinct,
        hasMoreDistinct = column.HasMoreDistinct,
        note = column.Note,
        warning = column.Warning,
    });

    private static string Line(LoadedColumn column, LabeledTable table) => string.Join(", ", new[]
    {
        Word(column, table),
        column.Missing == 0 ? "" : FormattableString.Invariant($"{column.Missing} missing ({100.0 * column.Missing / table.Rows:F1} %)"),
        $"{column.DistinctText} different{(column.Examples.Count > 0 ? $" ({string.Join(", ", column.Examples)}{(column.Distinct > column.Examples.Count ? " …" : "")})" : "")}",
        column.Note ?? "",
        column.Warning ?? "",
    }.Where(part => part.Length > 0));

    private static string Word(LoadedColumn column, LabeledTable table) => column.Kind switch
    {
        CellKind.Number => "numbers",
        CellKind.Boolean => "yes or no",
        CellKind.Date => "dates",
        _ => table.FreeText.Contains(column.Name) ? "free text" : "text",
    };
}
