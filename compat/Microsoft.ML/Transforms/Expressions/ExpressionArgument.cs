using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>A column as the argument of an expression: the slot to compute is put into <c>Value</c>.</summary>
internal abstract class ExpressionArgument
{
    /// <summary>The length of the row's vector, or -1 for a scalar.</summary>
    public int Length { get; protected set; } = -1;

    public static ExpressionArgument Create(DataViewRow row, DataViewSchema.Column column) =>
        Getters.Call<ExpressionArgument>(typeof(ExpressionArgument), nameof(CreateTyped), [column.Type.ItemType().RawType], row, column);

    public abstract void ReadRow();

    public abstract void MoveTo(int slot);

    private static ExpressionArgument<T> CreateTyped<T>(DataViewRow row, DataViewSchema.Column column) => new(row, column);
}

internal sealed class ExpressionArgument<T> : ExpressionArgument
{
    private readonly ValueGetter<T>? _get;
    private readonly ValueGetter<VBuffer<T>>? _getVector;
    private VBuffer<T> _vector;
    private VBuffer<T> _dense;
    public T Value = default!;

    public ExpressionArgument(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is VectorDataViewType)
        {
            _getVector = row.GetGetter<VBuffer<T>>(column);
        }
        else
        {
            _get = row.GetGetter<T>(column);
        }
    }

    public override void ReadRow()
    {
        if (_getVector is null)
        {
            _get!(ref Value);
            return;
        }

        _getVector(ref _vector);
        _vector.CopyToDense(ref _dense);
        Length = _dense.Length;
    }

    public override void MoveTo(int slot)
    {
        if (_getVector is not null)
        {
            Value = _dense.GetValues()[slot];
        }
    }
}
