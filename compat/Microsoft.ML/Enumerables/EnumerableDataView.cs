namespace Microsoft.ML.Data;

/// <summary>Objects as a view.</summary>
internal sealed class EnumerableDataView<TRow>(IEnumerable<TRow> rows, SchemaDefinition definition) : DataViewBase where TRow : class
{
    public override DataViewSchema Schema { get; } = ObjectRow<TRow>.SchemaOf(definition);

    public override long? GetRowCount() => (rows as IReadOnlyCollection<TRow>)?.Count ?? (rows as ICollection<TRow>)?.Count;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(column => column.Index)];
        ObjectRow<TRow> row = new(definition, Schema, active.Contains);
        return new Cursor(row, rows.GetEnumerator());
    }

    private sealed class Cursor(ObjectRow<TRow> row, IEnumerator<TRow> rows) : DataViewRowCursor
    {
        public override long Position => row.Position;

        public override long Batch => 0;

        public override DataViewSchema Schema => row.Schema;

        public override bool MoveNext()
        {
            bool found = rows.MoveNext();
            if (found)
            {
                row.Show(rows.Current);
            }

            return found;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.GetIdGetter();

        protected override void Dispose(bool disposing) => rows.Dispose();
    }
}
