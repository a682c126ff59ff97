namespace EE569.Trainers.Preparation;

/// <summary>One pass over the rows of a table.</summary>
internal sealed class TableProfiler(IHostEnvironment environment, TableFeaturizingEstimator.Options options)
{
    private const int RowsBetweenChecks = 1024;

    /// <summary>The plan of every column but the label and the hidden ones.</summary>
    /// <param name="view">The rows; a column that is a category by the options is text.</param>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public ColumnPlan[] Read(IDataView view)
    {
        var columns = view.Schema.Where(column => !column.IsHidden && column.Name != options.LabelColumnName).ToList();
        var profiles = columns.Where(column => !IsLeftOut(column) && ColumnProfile.CanRead(column.Type)).ToDictionary(
            column => column, column => new ColumnProfile(column.Name, column.Type, options.ColumnKinds.TryGetValue(column.Name, out var kind) ? kind : null));
        using (var cursor = view.GetRowCursor(profiles.Keys))
        {
            Action[] readers = [.. profiles.Select(column => column.Value.ReaderOf(cursor, column.Key))];
            long rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                if (rows % RowsBetweenChecks == 0)
                {
                    MLNetInternals.CheckAlive(null, environment);
                }

                foreach (var read in readers)
                {
                    read();
                }
            }

            if (rows == 0 && readers.Length > 0)
            {
                throw new InvalidOperationException("The table has no rows.");
            }
        }

        var rules = new ColumnRules(options);
        return [.. columns.Select(column => !profiles.TryGetValue(column, out var profile) ? ColumnRules.LeaveOut(column.Name, IsLeftOut(column) ? "told to" : $"of type {column.Type}")
            : rules.Decide(profile) is { Kind: TableColumnKind.Text } text ? new TextWords(environment, options).AddTo(text, view) : rules.Decide(profile))];
    }

    private bool IsLeftOut(DataViewSchema.Column column) => options.ColumnKinds.TryGetValue(column.Name, out var kind) && kind >= TableColumnKind.Identifier;
}
