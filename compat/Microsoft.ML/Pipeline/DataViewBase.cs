namespace Microsoft.ML.Data;

/// <summary>A view that is read by one cursor.</summary>
internal abstract class DataViewBase : IDataView
{
    public abstract DataViewSchema Schema { get; }

    public virtual bool CanShuffle => false;

    public abstract long? GetRowCount();

    public abstract DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded, rand)];
}

/// <summary>A view's rows passed through a row mapper.</summary>
internal sealed class MappedDataView(IDataView source, IRowToRowMapper mapper) : DataViewBase
{
    public override DataViewSchema Schema => mapper.OutputSchema;

    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        DataViewRowCursor cursor = source.GetRowCursor(mapper.GetDependencies(columns), rand);
        return new RowCursor(cursor, mapper.GetRow(cursor, columns));
    }

    /// <summary>Moves the source's cursor and shows the mapped row.</summary>
    private sealed class RowCursor(DataViewRowCursor source, DataViewRow row) : DataViewRowCursor
    {
        public override long Position => source.Position;

        public override long Batch => source.Batch;

        public override DataViewSchema Schema => row.Schema;

        public override bool MoveNext() => source.MoveNext();

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        protected override void Dispose(bool disposing) => row.Dispose();
    }
}
