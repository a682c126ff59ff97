using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of text files, read anew by every cursor; only the columns that are asked for are parsed.</summary>
internal sealed class TextView(
    IHostEnvironment env, TextLoader.Options options, IMultiStreamSource source, TextColumn[] columns, DataViewSchema schema) : DataViewBase
{
    public override DataViewSchema Schema => schema;

    private long MaxRows => options.MaxRows ?? long.MaxValue;

    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    /// <summary>Warns of the first few lines that make no sense.</summary>
    private TextErrorReporter Reporter()
    {
        const int MaxReports = 10;
        int reports = 0;
        return (file, line, start, end, error) =>
        {
            using IChannel channel = env.Start("ParseStats");
            string name = source.GetPathOrNull(file) ?? "stream";
            if (++reports <= MaxReports)
            {
                channel.Warning($"Format error at {name}({line},{start + 1})-({line},{end + 1}): {error}");
            }
            else if (reports == MaxReports + 1)
            {
                channel.Warning("Suppressing further format error messages");
            }
        };
    }

    /// <summary>Fields behind the last one that is needed are not even split.</summary>
    private TextRowReader CreateReader(IEnumerable<DataViewSchema.Column> active)
    {
        int limit = active.Select(column => columns[column.Index].ColumnLimit).DefaultIfEmpty().Max();
        return new TextRowReader(options, source, Math.Min(limit, options.InputSize ?? int.MaxValue), Reporter());
    }

    private Delegate CreateGetter(int column, TextRow row) => columns[column].CreateGetter(row, options);

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly TextView _view;
        private readonly TextRowReader _reader;
        private readonly Delegate?[] _getters;
        private readonly long _maxRows;
        private long _position = -1;
        private bool _atEnd;

        public Cursor(TextView view, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            _view = view;
            DataViewSchema.Column[] active = [.. columnsNeeded];
            _reader = view.CreateReader(active);
            _maxRows = view.MaxRows;
            _getters = new Delegate?[view.Schema.Count];
            foreach (DataViewSchema.Column column in active)
            {
                _getters[column.Index] ??= view.CreateGetter(column.Index, _reader.Row);
            }
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema => _view.Schema;

        public override bool MoveNext()
        {
            if (!_atEnd)
            {
                _position++;
                _atEnd = _position >= _maxRows || !_reader.Read();
            }

            return !_atEnd;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            Getters.Cast<TValue>(_getters[column.Index], column);

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);

        protected override void Dispose(bool disposing) => _reader.Dispose();
    }
}
