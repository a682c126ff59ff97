using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The rows of text files, read anew by every cursor; only the columns that are asked for are parsed.</summary>
internal sealed class TextView(
    IHostEnvironment env, TextLoader.Options options, IMultiStreamSource source, TextColumn[] columns, DataViewSchema schema) : DataViewBase
{
    public override DataViewSchema Schema => schema;

    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded);

    /// <summary>Warns of the first few lines that make no sense.</summary>
    private Action<TextLineReader, int, int, string> Reporter()
    {
        const int MaxReports = 10;
        int reports = 0;
        return (lines, start, end, error) =>
        {
            using IChannel channel = env.Start("ParseStats");
            string file = source.GetPathOrNull(lines.File) ?? "stream";
            if (++reports <= MaxReports)
            {
                channel.Warning($"Format error at {file}({lines.Line},{start + 1})-({lines.Line},{end + 1}): {error}");
            }
            else if (reports == MaxReports + 1)
            {
                channel.Warning("Suppressing further format error messages");
            }
        };
    }

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
            _reader = view.CreateReader();
            _maxRows = view.MaxRows;
            _getters = new Delegate?[view.Schema.Count];
            foreach (DataViewSchema.Column column in columnsNeeded)
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

    private TextRowReader CreateReader() => new(options, source, Reporter());

    private long MaxRows => options.MaxRows ?? long.MaxValue;

    private Delegate CreateGetter(int column, TextRow row) => columns[column].CreateGetter(row, options);
}
