using System.Reflection;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Writes a row's values into the members of an object.</summary>
internal sealed class RowReader<TRow> where TRow : class
{
    private readonly (DataViewSchema.Column Column, MemberInfo Member)[] _bindings;

    public RowReader(DataViewSchema schema, SchemaDefinition definition, bool ignoreMissingColumns)
    {
        List<(DataViewSchema.Column, MemberInfo)> bindings = [];
        foreach (SchemaDefinition.Column wanted in definition)
        {
            MemberInfo member = MemberAccess.Find(typeof(TRow), wanted.MemberName);
            if (schema.GetColumnOrNull(wanted.ColumnName) is not { } column)
            {
                if (!ignoreMissingColumns)
                {
                    throw Contracts.MissingColumn("Schema", "", wanted.ColumnName);
                }

                continue;
            }

            CheckTypes(column, member);
            bindings.Add((column, member));
        }

        _bindings = [.. bindings];
    }

    public IEnumerable<DataViewSchema.Column> Columns => _bindings.Select(binding => binding.Column);

    /// <summary>One action per member, each bound to the row; buffers are reused.</summary>
    public Action<TRow>[] Bind(DataViewRow row) => [.. _bindings.Select(binding => Bind(row, binding.Column, binding.Member))];

    private static void CheckTypes(DataViewSchema.Column column, MemberInfo member)
    {
        Type clrType = SchemaDefinition.ClrType(member);
        Type clrItem = SchemaDefinition.ItemType(clrType);
        Type rawItem = column.Type.ItemType().RawType;
        bool sameItem = clrItem == rawItem || (clrItem == typeof(string) && column.Type.ItemType() is TextDataViewType);
        if (!sameItem || (clrType != clrItem) != (column.Type is VectorDataViewType))
        {
            throw new InvalidOperationException($"Can't bind the IDataView column '{column.Name}' of type '{column.Type}' to field or property '{member.Name}' of type '{clrType}'.");
        }
    }

    private static Action<TRow> Bind(DataViewRow row, DataViewSchema.Column column, MemberInfo member)
    {
        Type clrType = SchemaDefinition.ClrType(member);
        if (clrType == typeof(string))
        {
            return Setter<ReadOnlyMemory<char>, string>(row, column, member, text => text.ToString());
        }

        if (clrType == typeof(string[]))
        {
            return Setter<VBuffer<ReadOnlyMemory<char>>, string[]>(row, column, member, texts => [.. texts.DenseValues().Select(text => text.ToString())]);
        }

        string method = clrType.IsArray ? nameof(ArraySetter) : column.Type is VectorDataViewType ? nameof(VectorSetter) : nameof(ValueSetter);
        return Getters.Call<Action<TRow>>(typeof(RowReader<TRow>), method, [SchemaDefinition.ItemType(clrType)], row, column, member);
    }

    private static Action<TRow> ValueSetter<T>(DataViewRow row, DataViewSchema.Column column, MemberInfo member) =>
        Setter<T, T>(row, column, member, value => value);

    private static Action<TRow> Setter<T, TMember>(DataViewRow row, DataViewSchema.Column column, MemberInfo member, Func<T, TMember> convert)
    {
        ValueGetter<T> get = row.GetGetter<T>(column);
        Action<TRow, TMember> write = MemberAccess.Writer<TRow, TMember>(member);
        T value = default!;
        return target =>
        {
            get(ref value);
            write(target, convert(value));
        };
    }

    // The target's array is kept if it has the right length, as ML.NET does.
    private static Action<TRow> ArraySetter<T>(DataViewRow row, DataViewSchema.Column column, MemberInfo member)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        Action<TRow, T[]> write = MemberAccess.Writer<TRow, T[]>(member);
        Func<TRow, T[]?> read = MemberAccess.Reader<TRow, T[]?>(member);
        VBuffer<T> value = default;
        return target =>
        {
            get(ref value);
            T[]? items = read(target);
            if (items is null || items.Length != value.Length)
            {
                items = new T[value.Length];
                write(target, items);
            }

            value.CopyTo(items);
        };
    }

    private static Action<TRow> VectorSetter<T>(DataViewRow row, DataViewSchema.Column column, MemberInfo member)
    {
        ValueGetter<VBuffer<T>> get = row.GetGetter<VBuffer<T>>(column);
        Action<TRow, VBuffer<T>> write = MemberAccess.Writer<TRow, VBuffer<T>>(member);
        Func<TRow, VBuffer<T>> read = MemberAccess.Reader<TRow, VBuffer<T>>(member);
        return target =>
        {
            VBuffer<T> value = read(target);
            get(ref value);
            write(target, value);
        };
    }
}
