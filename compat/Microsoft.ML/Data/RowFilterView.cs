namespace Microsoft.ML.Data;

/// <summary>The rows of a view that a predicate accepts.</summary>
/// <param name="source">The view.</param>
/// <param name="read">The columns the predicate reads.</param>
/// <param name="bind">Makes the predicate over a row of the view.</param>
internal sealed class RowFilterView(IDataView source, DataViewSchema.Column[] read, Func<DataViewRow, Func<bool>> bind) : DataViewBase
{
    public override DataViewSchema Schema => source.Schema;

    public override bool CanShuffle => source.CanShuffle;

    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        HashSet<int> wanted = [.. columnsNeeded.Select(column => column.Index)];
        HashSet<int> active = [.. wanted, .. read.Select(column => column.Index)];
        DataViewRowCursor cursor = source.GetRowCursor(Schema.Where(column => active.Contains(column.Index)), rand);
        return new Cursor(cursor, wanted, bind(cursor));
    }

    private sealed class Cursor(DataViewRowCursor input, HashSet<int> active, Func<bool> accepts) : ForwardingCursor(input, active)
    {
        private long _position = -1;

        public override long Position => _position;

        public override bool MoveNext()
        {
            while (Input.MoveNext())
            {
                if (accepts())
                {
                    _position++;
                    return true;
                }
            }

            return false;
        }
    }
}
