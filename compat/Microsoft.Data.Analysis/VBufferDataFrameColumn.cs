using Microsoft.ML;
using Microsoft.ML.Data;

namespace Microsoft.Data.Analysis;

/// <summary>A column of vectors, as a data view holds them.</summary>
public class VBufferDataFrameColumn<T> : DataFrameColumn, IEnumerable<VBuffer<T>>
    where T : unmanaged
{
    private readonly List<VBuffer<T>> _values = [];

    public VBufferDataFrameColumn(string name)
        : base(name, typeof(VBuffer<T>))
    {
    }

    public VBufferDataFrameColumn(string name, IEnumerable<VBuffer<T>> values)
        : this(name) => _values.AddRange(values);

    public override long Length => _values.Count;

    public override long NullCount => 0;

    public override bool IsValid(long index) => true;

    public void Append(VBuffer<T> value) => _values.Add(value);

    public IEnumerator<VBuffer<T>> GetEnumerator() => _values.GetEnumerator();

    protected override object? GetValue(long rowIndex)
    {
        CheckIndex(rowIndex);
        return _values[(int)rowIndex];
    }

    protected override void SetValue(long rowIndex, object? value) => _values[(int)rowIndex] = CheckType<VBuffer<T>>(value!);

    internal override DataFrameColumn CreateEmpty(string name) => new VBufferDataFrameColumn<T>(name);

    internal override void AppendNull() => Append(default);

    internal override void AppendValue(object? value) => Append((VBuffer<T>)(value ?? default(VBuffer<T>)));

    internal override void AppendFrom(DataFrameColumn source, long row) => Append(((VBufferDataFrameColumn<T>)source)._values[(int)row]);

    internal override int CompareRows(long left, long right) => throw NotNumeric("Sorting");

    internal override void AddDataViewColumn(DataViewSchema.Builder builder)
    {
        int size = _values.Count == 0 ? 0 : _values[0].Length;
        builder.AddColumn(Name, new VectorDataViewType(DataFrameColumns.DataViewTypeOf(typeof(T)), size));
    }

    internal override Delegate CreateGetter(DataViewRowCursor cursor)
    {
        ValueGetter<VBuffer<T>> getter = (ref VBuffer<T> value) => _values[(int)cursor.Position].CopyTo(ref value);
        return getter;
    }

    internal override Action CreateAppender(DataViewRowCursor cursor, DataViewSchema.Column source)
    {
        ValueGetter<VBuffer<T>> getter = cursor.GetGetter<VBuffer<T>>(source);
        return () =>
        {
            VBuffer<T> value = default;
            getter(ref value);
            Append(value);
        };
    }

    private protected override Func<long, bool>? Comparison(ComparisonOperation operation, object? operand) => null;
}
