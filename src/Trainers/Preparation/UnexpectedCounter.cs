namespace EE569.Trainers.Preparation;

/// <summary>Counts what training had no example of.</summary>
internal static class UnexpectedCounter
{
    public static IReadOnlyList<UnexpectedValues> Count(IDataView input, TablePlan plan)
    {
        var plans = plan.Used.ToDictionary(column => column.Name);
        var columns = plans.Keys.Select(name => input.Schema.GetColumnOrNull(name) ?? throw new ArgumentException($"The rows have no column '{name}'.", nameof(input))).ToList();
        if (columns.Find(column => !ColumnProfile.CanRead(column.Type)) is { Name: not null } wrong)
        {
            throw new ArgumentException($"Column '{wrong.Name}' is of type {wrong.Type}.", nameof(input));
        }

        var view = TableChain.WithTextCategories(input, plan.Of(TableColumnKind.Category).Select(column => column.Name));
        var profiles = columns.Select(column => view.Schema[column.Name]).ToDictionary(column => column, column => new ColumnProfile(column.Name, column.Type, plans[column.Name].Kind));
        using var cursor = view.GetRowCursor(profiles.Keys);
        Action[] readers = [.. profiles.Select(column => column.Value.ReaderOf(cursor, column.Key))];
        while (cursor.MoveNext())
        {
            foreach (var read in readers)
            {
                read();
            }
        }

        return [.. profiles.Values.Select(profile => Compare(plans[profile.Name], profile)).Where(found => found is not { MissingCount: 0, UnseenCount: 0, InfiniteCount: 0 })];
    }

    private static UnexpectedValues Compare(ColumnPlan plan, ColumnProfile profile)
    {
        var known = plan.Levels.Concat(plan.Joined).ToHashSet();
        return new(
            plan.Name,
            plan.Missing == 0 && plan.Kind != TableColumnKind.Text ? profile.Empty : 0,
            plan.Kind == TableColumnKind.Category ? profile.Texts.Counts.Where(level => !known.Contains(level.Key)).Sum(level => (long)level.Value) : 0,
            plan.IsNumeric ? profile.Rows - profile.Empty - profile.Numbers.Count : 0);
    }
}
