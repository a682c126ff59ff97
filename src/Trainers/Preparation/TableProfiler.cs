using System.Runtime.ExceptionServices;

namespace EE569.Trainers.Preparation;

/// <summary>One pass over the rows of a table.</summary>
internal sealed class TableProfiler(IHostEnvironment environment, TableFeaturizingEstimator.Options options)
{
    private const int RowsBetweenChecks = 1024, FewestColumnsAThread = 8;

    /// <summary>The plan of every column but the label and the hidden ones.</summary>
    /// <param name="view">The rows; a column that is a category by the options is text.</param>
    /// <exception cref="InvalidOperationException">There are no rows.</exception>
    public ColumnPlan[] Read(IDataView view)
    {
        var columns = view.Schema.Where(column => !column.IsHidden && column.Name != options.LabelColumnName).ToList();
        var profiles = columns.Where(column => !IsLeftOut(column) && ColumnProfile.CanRead(column.Type)).ToDictionary(
            column => column, column => new ColumnProfile(column.Name, column.Type, options.ColumnKinds.TryGetValue(column.Name, out var kind) ? kind : null));

        // Where the rows are at hand, each thread reads columns of its own; a file is read once.
        int parts = view.GetRowCount() is null ? 1 : int.Clamp(profiles.Count / FewestColumnsAThread, 1, Environment.ProcessorCount);
        try
        {
            Parallel.ForEach(profiles.Chunk(1 + (profiles.Count / parts)), part => Read(view, part));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
        }

        var rules = new ColumnRules(options);
        return [.. columns.Select(column => profiles.TryGetValue(column, out var profile) ? WithWords(rules.Decide(profile))
            : ColumnRules.LeaveOut(column.Name, IsLeftOut(column) ? "told to" : $"of type {column.Type}"))];

        ColumnPlan WithWords(ColumnPlan plan) => plan.Kind == TableColumnKind.Text ? new TextWords(environment, options).AddTo(plan, view) : plan;
    }

    private void Read(IDataView view, KeyValuePair<DataViewSchema.Column, ColumnProfile>[] profiles)
    {
        using var cursor = view.GetRowCursor(profiles.Select(column => column.Key));
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

        if (rows == 0)
        {
            throw new InvalidOperationException("The table has no rows.");
        }
    }

    private bool IsLeftOut(DataViewSchema.Column column) => options.ColumnKinds.TryGetValue(column.Name, out var kind) && kind >= TableColumnKind.Identifier;
}
