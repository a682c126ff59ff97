namespace Microsoft.ML.Data;

/// <summary>The rows of a view from <paramref name="skip"/> on, at most <paramref name="take"/> of them.</summary>
internal sealed class RowRangeView(IDataView source, long skip, long take) : DataViewBase
{
    public override DataViewSchema Schema => source.Schema;

    public override long? GetRowCount() => source.GetRowCount() is { } count ? Math.Min(take, Math.Max(0, count - skip)) : null;

    // Which rows stand first depends on the order: it must not be shuffled.
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        DataViewSchema.Column[] columns = [.. columnsNeeded];
        return new Cursor(source.GetRowCursor(columns), [.. columns.Select(column => column.Index)], skip, take);
    }

    private sealed class Cursor(DataViewRowCursor input, HashSet<int> active, long skip, long take) : ForwardingCursor(input, active)
    {
        private long _position = -1;

        public override long Position => _position;

        public override bool MoveNext()
        {
            for (; skip > 0; skip--)
            {
                if (!Input.MoveNext())
                {
                    return false;
                }
            }

            if (_position + 1 >= take || !Input.MoveNext())
            {
                return false;
            }

            _position++;
            return true;
        }
    }
}
