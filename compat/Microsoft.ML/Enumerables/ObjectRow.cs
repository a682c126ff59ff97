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
        return clrType == typeof(string) && rawItem == typeof(ReadOnlyMemory<char>) ? Getter<string?, ReadOnlyMemory<char>>(member, text => text.AsMemory())
            : clrType == typeof(string[]) ? ArrayGetter<string?, ReadOnlyMemory<char>>(member, text => text.AsMemory())
            : clrItem != rawItem ? throw new InvalidOperationException(
                $"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{clrType}'.")
            : column.Type is KeyDataViewType key ? Getters.Call<Delegate>(typeof(ObjectRow<TRow>), nameof(KeyGetter), [clrItem], this, member, key.Count)
            : Getters.Call<Delegate>(typeof(ObjectRow<TRow>), nameof(Plain), [clrItem], this, member, clrType);
    }

    private static Delegate Plain<T>(ObjectRow<TRow> row, MemberInfo member, Type clrType)
    {
        if (clrType.IsArray)
        {
            return row.ArrayGetter<T, T>(member, item => item);
        }

        if (clrType == typeof(T))
        {
            return row.Getter<T, T>(member, value => value);
        }

        Func<TRow, VBuffer<T>> read = MemberAccess.Reader<TRow, VBuffer<T>>(member);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => read(row.Current).CopyTo(ref value));
    }

    // A class holds categories counted from 0, a column from 1; what is out of range is missing.
    private static ValueGetter<T> KeyGetter<T>(ObjectRow<TRow> row, MemberInfo member, ulong count) where T : struct, System.Numerics.INumber<T> =>
        row.Getter<T, T>(member, value => ulong.CreateTruncating(value) < count ? value + T.One : T.Zero);

    private ValueGetter<T> Getter<TMember, T>(MemberInfo member, Func<TMember, T> convert)
    {
        Func<TRow, TMember> read = MemberAccess.Reader<TRow, TMember>(member);
        return (ref T value) => value = convert(read(Current));
    }

    private ValueGetter<VBuffer<T>> ArrayGetter<TMember, T>(MemberInfo member, Func<TMember, T> convert)
    {
        Func<TRow, TMember[]?> read = MemberAccess.Reader<TRow, TMember[]?>(member);
        return (ref VBuffer<T> value) =>
        {
            TMember[] items = read(Current) ?? [];
            VBufferEditor<T> editor = VBufferEditor.Create(ref value, items.Length);
            for (int i = 0; i < items.Length; i++)
            {
                editor.Values[i] = convert(items[i]);
            }

            value = editor.Commit();
        };
    }
}
