namespace Microsoft.ML.Data;

/// <summary>Keeps the columns that were read once in memory.</summary>
internal sealed class CachedDataView : DataViewBase
{
    private readonly IDataView _source;
    private readonly Column?[] _columns;
    private readonly Lock _gate = new();
    private DataViewRowId[]? _ids;

    public CachedDataView(IDataView source, params string[] prefetch)
    {
        _source = source;
        _columns = new Column?[source.Schema.Count];
        if (prefetch.Length > 0)
        {
            Fill([.. prefetch.Select(name => source.Schema[name])]);
        }
    }

    public override DataViewSchema Schema => _source.Schema;

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _ids?.Length ?? _source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> active = [.. columnsNeeded.Select(column => column.Index)];
        Fill([.. active.Select(index => Schema[index])]);
        int[]? order = null;
        if (rand is not null)
        {
            order = [.. Enumerable.Range(0, _ids!.Length)];
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
            Column[] filling = [.. missing.Select(column => Getters.Call<Column>(typeof(CachedDataView), nameof(CreateColumn), [column.Type.RawType], cursor, column))];
            ValueGetter<DataViewRowId> getId = cursor.GetIdGetter();
            List<DataViewRowId> ids = [];
            while (cursor.MoveNext())
            {
                DataViewRowId id = default;
                getId(ref id);
                ids.Add(id);
                foreach (Column column in filling)
                {
                    column.Append();
                }
            }

            _ids ??= [.. ids];
            for (int i = 0; i < missing.Length; i++)
            {
                _columns[missing[i].Index] = filling[i];
            }
        }
    }

    private static Column CreateColumn<T>(DataViewRow row, DataViewSchema.Column column) =>
        column.Type is VectorDataViewType vector
            ? Getters.Call<Column>(typeof(CachedDataView), nameof(CreateVectorColumn), [vector.ItemType.RawType], row, column)
            : new ValueColumn<T>(row.GetGetter<T>(column));

    private static VectorColumn<T> CreateVectorColumn<T>(DataViewRow row, DataViewSchema.Column column) => new(row.GetGetter<VBuffer<T>>(column));

    private abstract class Column
    {
        public abstract void Append();

        public abstract Delegate CreateGetter(Cursor cursor);
    }

    private sealed class ValueColumn<T>(ValueGetter<T> source) : Column
    {
        private readonly List<T> _values = [];
        private T _value = default!;

        public override void Append()
        {
            source(ref _value);
            // Text points into its reader's buffer; a cache must not keep whole files alive or see them change.
            _values.Add(_value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : _value);
        }

        public override Delegate CreateGetter(Cursor cursor) => (ValueGetter<T>)((ref T value) => value = _values[cursor.Row]);
    }

    private sealed class VectorColumn<T>(ValueGetter<VBuffer<T>> source) : Column
    {
        private readonly List<VBuffer<T>> _values = [];
        private VBuffer<T> _value;

        public override void Append()
        {
            source(ref _value);
            VBuffer<T> copy = default;
            _value.CopyTo(ref copy);
            _values.Add(copy);
        }

        public override Delegate CreateGetter(Cursor cursor) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[cursor.Row].CopyTo(ref value));
    }

    private sealed class Cursor(CachedDataView view, HashSet<int> active, int[]? order) : DataViewRowCursor
    {
        private int _position = -1;

        public int Row => order is null ? _position : order[_position];

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => view.Schema;

        public override bool MoveNext() => ++_position < view._ids!.Length;

        public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            Getters.Cast<TValue>(IsColumnActive(column) ? view._columns[column.Index]!.CreateGetter(this) : null, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = view._ids![Row];
    }
}
