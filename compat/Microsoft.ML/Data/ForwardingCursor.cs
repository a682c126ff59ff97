namespace Microsoft.ML.Data;

/// <summary>A cursor over the columns of another, which moves in its own way.</summary>
internal abstract class ForwardingCursor(DataViewRowCursor input, HashSet<int> active) : DataViewRowCursor
{
    public override long Batch => Input.Batch;

    public override DataViewSchema Schema => Input.Schema;

    protected DataViewRowCursor Input { get; } = input;

    public override bool IsColumnActive(DataViewSchema.Column column) => active.Contains(column.Index);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        IsColumnActive(column) ? Input.GetGetter<TValue>(column) : Getters.Cast<TValue>(null, column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => Input.GetIdGetter();

    protected override void Dispose(bool disposing) => Input.Dispose();
}
