using Microsoft.ML;
using Microsoft.ML.Data;

namespace Microsoft.Data.Analysis;

/// <summary>The frame as a data view: a missing number is NaN, or the zero of a type without NaN.</summary>
public partial class DataFrame : IDataView
{
    private DataViewSchema? _schema;

    bool IDataView.CanShuffle => false;

    DataViewSchema IDataView.Schema => Schema;

    /// <summary>One object for as long as the columns keep their names and types.</summary>
    private DataViewSchema Schema
    {
        get
        {
            var builder = new DataViewSchema.Builder();
            foreach (DataFrameColumn column in Columns)
            {
                column.AddDataViewColumn(builder);
            }

            DataViewSchema schema = builder.ToSchema();
            bool same = _schema is not null && _schema.Select(column => (column.Name, column.Type))
                .SequenceEqual(schema.Select(column => (column.Name, column.Type)));
            return same ? _schema! : _schema = schema;
        }
    }

    long? IDataView.GetRowCount() => Rows.Count;

    DataViewRowCursor IDataView.GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand) =>
        new Cursor(this, columnsNeeded);

    DataViewRowCursor[] IDataView.GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand) =>
        [new Cursor(this, columnsNeeded)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly Delegate?[] _getters;
        private readonly long _rowCount;
        private long _position = -1;

        public Cursor(DataFrame frame, IEnumerable<DataViewSchema.Column> columnsNeeded)
        {
            Schema = frame.Schema;
            _rowCount = frame.Rows.Count;
            _getters = new Delegate?[frame.Columns.Count];
            foreach (DataViewSchema.Column column in columnsNeeded)
            {
                _getters[column.Index] = frame.Columns[column.Index].CreateGetter(this);
            }
        }

        public override long Position => _position;

        public override long Batch => 0;

        public override DataViewSchema Schema { get; }

        public override bool MoveNext()
        {
            _position = Math.Min(_position + 1, _rowCount);
            return _position < _rowCount;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _getters[column.Index] is not null;

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _getters[column.Index] switch
        {
            ValueGetter<TValue> getter => getter,
            null => throw new ArgumentOutOfRangeException(
                nameof(column), $"Column '{column.Name}' was not asked for when the cursor was made."),
            _ => throw new InvalidCastException($"Column '{column.Name}' holds {column.Type}, not {typeof(TValue)}."),
        };

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId value) => value = new DataViewRowId((ulong)_position, 0);
    }
}
