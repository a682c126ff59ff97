namespace Microsoft.ML.Data;

/// <summary>Values of a column in memory, at row numbers that may be reused.</summary>
internal abstract class PooledColumn
{
    public abstract void Read(int row);

    public abstract void Move(int from, int to);

    public abstract Delegate CreateGetter(Func<int> row);

    public static PooledColumn Create(DataViewRow input, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Getters.Call<PooledColumn>(typeof(PooledColumn), nameof(CreateVector), [vector.ItemType.RawType], input, column)
        : Getters.Call<PooledColumn>(typeof(PooledColumn), nameof(CreateScalar), [column.Type.RawType], input, column);

    private static PooledColumn<T> CreateScalar<T>(DataViewRow input, DataViewSchema.Column column) =>
        new(input.GetGetter<T>(column), (in T source, ref T target) => target = Kept(source));

    private static PooledColumn<VBuffer<T>> CreateVector<T>(DataViewRow input, DataViewSchema.Column column) =>
        new(input.GetGetter<VBuffer<T>>(column), (in VBuffer<T> source, ref VBuffer<T> target) =>
        {
            source.CopyTo(ref target);
            if (target is VBuffer<ReadOnlyMemory<char>> texts)
            {
                foreach (ref ReadOnlyMemory<char> text in VBufferEditor.CreateFromBuffer(ref texts).Values)
                {
                    text = Kept(text);
                }
            }
        });

    // Text points into its reader's buffer: kept values must not keep whole files alive, or see them change.
    private static T Kept<T>(T value) => value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
}

internal delegate void ValueCopier<T>(in T source, ref T target);

internal sealed class PooledColumn<T>(ValueGetter<T> source, ValueCopier<T> keep) : PooledColumn
{
    private readonly List<T> _values = [];
    private T _value = default!;

    public override void Read(int row)
    {
        source(ref _value);
        T kept = row < _values.Count ? _values[row] : default!;
        keep(_value, ref kept);
        if (row < _values.Count)
        {
            _values[row] = kept;
        }
        else
        {
            _values.Add(kept);
        }
    }

    public override void Move(int from, int to) => (_values[to], _values[from]) = (_values[from], _values[to]);

    public override Delegate CreateGetter(Func<int> row) => (ValueGetter<T>)((ref T value) => keep(_values[row()], ref value));
}
