using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>An object seen as a row; <see cref="Current"/> may change, the getters follow.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow where TRow : class
{
    private readonly SchemaDefinition _definition;
    private readonly Func<int, bool> _isActive;
    private readonly Delegate?[] _getters;
    private long _position = -1;

    public ObjectRow(SchemaDefinition definition, DataViewSchema schema, Func<int, bool> isActive)
    {
        _definition = definition;
        _isActive = isActive;
        Schema = schema;
        _getters = new Delegate?[schema.Count];
    }

    public TRow Current { get; private set; } = null!;

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public static DataViewSchema SchemaOf(SchemaDefinition definition)
    {
        DataViewSchema.Builder builder = new();
        foreach (SchemaDefinition.Column column in definition)
        {
            builder.AddColumn(column.ColumnName, column.ColumnType, column.Annotations);
        }

        return builder.ToSchema();
    }

    public void Show(TRow row)
    {
        Current = row ?? throw new InvalidOperationException("Encountered null when iterating over data, this is not supported.");
        _position++;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _isActive(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId value) => value = new((ulong)_position, 0);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
        Getters.Cast<TValue>(IsColumnActive(column) ? _getters[column.Index] ??= Create(column) : null, column);

    private Delegate Create(DataViewSchema.Column column)
    {
        MemberInfo member = MemberAccess.Find(typeof(TRow), _definition[column.Index].MemberName);
        Type clrType = SchemaDefinition.ClrType(member);
        Type clrItem = SchemaDefinition.ItemType(clrType);
        Type rawItem = column.Type.ItemType().RawType;
        string method =
            clrType == typeof(string) && rawItem == typeof(ReadOnlyMemory<char>) ? nameof(TextGetter)
            : clrType == typeof(string[]) ? nameof(TextArrayGetter)
            : clrItem != rawItem ? throw Mismatch(column, member)
            : clrType.IsArray ? nameof(ArrayGetter)
            : clrType != clrItem ? nameof(VectorGetter)
            : column.Type is KeyDataViewType ? nameof(KeyGetter)
            : nameof(ValueGetter);
        MethodInfo create = typeof(ObjectRow<TRow>).GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!;
        create = create.IsGenericMethodDefinition ? create.MakeGenericMethod(clrItem) : create;
        return (Delegate)create.Invoke(this, BindingFlags.DoNotWrapExceptions, null, method == nameof(KeyGetter) ? [member, column] : [member], null)!;
    }

    private static InvalidOperationException Mismatch(DataViewSchema.Column column, MemberInfo member) =>
        new($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{SchemaDefinition.ClrType(member)}'.");

    private ValueGetter<T> ValueGetter<T>(MemberInfo member)
    {
        Func<TRow, T> read = MemberAccess.Reader<TRow, T>(member);
        return (ref T value) => value = read(Current);
    }

    // A class holds categories counted from 0, a column from 1; what is out of range is missing.
    private Delegate KeyGetter<T>(MemberInfo member, DataViewSchema.Column column) where T : struct, System.Numerics.INumber<T>
    {
        Func<TRow, T> read = MemberAccess.Reader<TRow, T>(member);
        ulong count = ((KeyDataViewType)column.Type).Count;
        return (ValueGetter<T>)((ref T value) =>
        {
            value = read(Current);
            value = ulong.CreateTruncating(value) < count ? value + T.One : T.Zero;
        });
    }

    private ValueGetter<ReadOnlyMemory<char>> TextGetter(MemberInfo member)
    {
        Func<TRow, string?> read = MemberAccess.Reader<TRow, string?>(member);
        return (ref ReadOnlyMemory<char> value) => value = read(Current).AsMemory();
    }

    private ValueGetter<VBuffer<ReadOnlyMemory<char>>> TextArrayGetter(MemberInfo member)
    {
        Func<TRow, string?[]?> read = MemberAccess.Reader<TRow, string?[]?>(member);
        return (ref VBuffer<ReadOnlyMemory<char>> value) =>
        {
            string?[] items = read(Current) ?? [];
            VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref value, items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                editor.Values[i] = items[i].AsMemory();
            }

            value = editor.Commit();
        };
    }

    private ValueGetter<VBuffer<T>> ArrayGetter<T>(MemberInfo member)
    {
        Func<TRow, T[]?> read = MemberAccess.Reader<TRow, T[]?>(member);
        return (ref VBuffer<T> value) =>
        {
            T[] items = read(Current) ?? [];
            VBuffer<T>.Copy(items, 0, ref value, items.Length);
        };
    }

    private ValueGetter<VBuffer<T>> VectorGetter<T>(MemberInfo member)
    {
        Func<TRow, VBuffer<T>> read = MemberAccess.Reader<TRow, VBuffer<T>>(member);
        return (ref VBuffer<T> value) =>
        {
            read(Current).CopyTo(ref value);
        };
    }
}
