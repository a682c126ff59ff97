using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were read once in memory.</summary>
internal sealed class CachedDataView : DataViewBase
{
    private readonly IDataView _source;
    private readonly PooledColumn?[] _columns;
    private readonly Lock _gate = new();
    private PooledColumn<DataViewRowId>? _ids;
    private int _rows;

    public CachedDataView(IDataView source, params string[] prefetch)
    {
        _source = source;
        _columns = new PooledColumn?[source.Schema.Count];
        if (prefetch.Length > 0)
        {
            Fill([.. prefetch.Select(name => source.Schema.GetColumnOrNull(name)
                ?? throw Contracts.MissingColumn("columnsToPrefetch", "prefetch", name))]);
        }
    }

    public override DataViewSchema Schema => _source.Schema;

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _ids is null ? _source.GetRowCount() : _rows;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(column => column.Index)];
        Fill([.. active.Select(index => Schema[index])]);
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _rows)];
            rand.Shuffle(order);
        }

        return new Cursor(this, active, order);
    }

    // One pass over the source for all columns that are not in memory yet.
    private void Fill(DataViewSchema.Column[] needed)
    {
        lock (_gate)
        {
            DataViewSchema.Column[] missing = [.. needed.Where(column => _columns[column.Index] is null)];
            if (missing.Length == 0 && _ids is not null)
            {
                return;
            }

            using DataViewRowCursor cursor = _source.GetRowCursor(missing);
            PooledColumn[] filling = [.. missing.Select(column => PooledColumn.Create(cursor, column))];
            PooledColumn<DataViewRowId> ids = new(cursor.GetIdGetter(), (in DataViewRowId source, ref DataViewRowId target) => target = source);
            int rows = 0;
            for (; cursor.MoveNext(); rows++)
            {
                ids.Read(rows);
                foreach (PooledColumn column in filling)
                {
                    column.Read(rows);
                }
            }

            (_ids, _rows) = (ids, rows);
            for (int i = 0; i < missing.Length; i++)
            {
                _columns[missing[i].Index] = filling[i];
            }
        }
    }

    private sealed class Cursor(CachedDataView view, HashSet<int> active, int[]? order) : DataViewRowCursor
    {
        private int _position = -1;

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        private int Row => order is null ? _position : order[_position];

        public override bool MoveNext() => _position + 1 < view._rows && ++_position >= 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            Getters.Cast<TValue>(IsColumnActive(column) ? view._columns[column.Index]!.CreateGetter(() => Row) : null, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)view._ids!.CreateGetter(() => Row);
    }
}
