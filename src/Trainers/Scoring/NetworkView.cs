namespace EE569.Trainers.Scoring;

/// <summary>A view with a network's columns. Nothing is computed before a cursor asks, and only what it asks for.</summary>
internal sealed class NetworkView(IDataView input, NetworkBindings bindings, Func<DataViewRow, DataViewSchema.Column, RowScorer> createScorer) : IDataView
{
    public bool CanShuffle => input.CanShuffle;

    public DataViewSchema Schema => bindings.Output;

    public long? GetRowCount() => input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var cursor = input.GetRowCursor(bindings.InputsFor(columns), rand);
        return Scored(columns.Count > 0 && columns.All(bindings.IsOurs) ? new ReadAheadCursor(cursor, bindings.Feature) : cursor, columns);
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return [.. input.GetRowCursorSet(bindings.InputsFor(columns), n, rand).Select(cursor => Scored(cursor, columns))];
    }

    private NetworkCursor Scored(DataViewRowCursor cursor, List<DataViewSchema.Column> columns) =>
        new(cursor, new NetworkGetters(cursor, bindings, createScorer, columns));
}
