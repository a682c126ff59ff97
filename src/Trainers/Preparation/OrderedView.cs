namespace EE569.Trainers.Preparation;

/// <summary>A view whose rows one thread makes: ML.NET deals the rows of each transformer out to threads and collects them again, which costs more than steps as cheap as these.</summary>
/// <param name="inner">The view.</param>
internal sealed class OrderedView(IDataView inner) : IDataView
{
    public bool CanShuffle => inner.CanShuffle;

    public DataViewSchema Schema => inner.Schema;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        inner.GetRowCursorSet(columnsNeeded, 1, rand) is [var only] ? only : inner.GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => inner.GetRowCursorSet(columnsNeeded, n, rand);
}
