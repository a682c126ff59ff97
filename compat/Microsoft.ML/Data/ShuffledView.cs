namespace Microsoft.ML.Data;

/// <summary>A view in random order: shuffled at the source if that can be, and through a pool of rows in memory.</summary>
internal sealed class ShuffledView(IDataView source, int seed, int poolSize, bool shuffleSource) : DataViewBase
{
    public override DataViewSchema Schema => source.Schema;

    public override bool CanShuffle => true;

    public override long? GetRowCount() => source.GetRowCount();

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded.OrderBy(column => column.Index)];
        Random random = rand ?? new(seed);
        DataViewRowCursor input = source.GetRowCursor(columns, shuffleSource && source.CanShuffle ? new Random(random.Next()) : null);
        return new Cursor(input, columns, random, poolSize);
    }

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly DataViewRowCursor _input;
        private readonly Dictionary<int, PooledColumn> _columns;
        private readonly PooledColumn<DataViewRowId> _ids;
        private readonly Random _random;
        private readonly int _poolSize;
        private int _filled;
        private int _current = -1;
        private long _position = -1;
        private bool _inputEnded;

        public Cursor(DataViewRowCursor input, DataViewSchema.Column[] columns, Random random, int poolSize)
        {
            _input = input;
            _random = random;
            _poolSize = poolSize;
            _columns = columns.ToDictionary(column => column.Index, column => PooledColumn.Create(input, column));
            _ids = new(input.GetIdGetter(), (in DataViewRowId source, ref DataViewRowId target) => target = source);
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _input.Schema;

        public override bool MoveNext()
        {
            // The row shown last leaves the pool: the last one takes its place, or a new one from the input.
            if (_current >= 0 && !(!_inputEnded && ReadInto(_current)))
            {
                _filled--;
                MoveRow(_filled, _current);
            }

            while (!_inputEnded && _filled < _poolSize && ReadInto(_filled))
            {
                _filled++;
            }

            if (_filled == 0)
            {
                _current = -1;
                return false;
            }

            _current = _random.Next(_filled);
            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            Getters.Cast<TValue>(_columns.TryGetValue(column.Index, out PooledColumn? pooled) ? pooled.CreateGetter(() => _current) : null, column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ValueGetter<DataViewRowId>)_ids.CreateGetter(() => _current);

        protected override void Dispose(bool disposing) => _input.Dispose();

        private bool ReadInto(int row)
        {
            if (!_input.MoveNext())
            {
                _inputEnded = true;
                return false;
            }

            _ids.Read(row);
            foreach (PooledColumn column in _columns.Values)
            {
                column.Read(row);
            }

            return true;
        }

        private void MoveRow(int from, int to)
        {
            _ids.Move(from, to);
            foreach (PooledColumn column in _columns.Values)
            {
                column.Move(from, to);
            }
        }
    }
}
