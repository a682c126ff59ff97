using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The values of a column in the order of their keys.</summary>
internal abstract class KeyMap(PrimitiveDataViewType itemType)
{
    public PrimitiveDataViewType ItemType => itemType;

    public abstract int Count { get; }

    public KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    public abstract Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column);

    public abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText);

    public abstract void Save(BinaryWriter writer);

    /// <summary>Collects the values of columns in one pass, at most <paramref name="maximum"/> of each.</summary>
    public static KeyMap[] Learn(IDataView data, DataViewSchema.Column[] columns, int maximum, bool sort)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(columns);
        KeyMapBuilder[] builders = [.. columns.Select(column => Getters.Call<KeyMapBuilder>(typeof(KeyMap), nameof(CreateBuilder),
            [column.Type.ItemType().RawType], cursor, column, maximum))];
        while (cursor.MoveNext())
        {
            foreach (KeyMapBuilder builder in builders)
            {
                builder.AddRow();
            }
        }

        return [.. builders.Select(builder => builder.Finish(sort))];
    }

    public static KeyMap Load(BinaryReader reader)
    {
        PrimitiveDataViewType type = (PrimitiveDataViewType)SchemaFormat.ReadType(reader);
        return Getters.Call<KeyMap>(typeof(KeyMap), nameof(LoadTyped), [type.RawType], reader, type);
    }

    private static KeyMapBuilder CreateBuilder<T>(DataViewRow row, DataViewSchema.Column column, int maximum) where T : notnull =>
        new KeyMapBuilder<T>(row, column, maximum);

    private static KeyMap LoadTyped<T>(BinaryReader reader, PrimitiveDataViewType type) where T : notnull =>
        new KeyMap<T>(type, ValueFormat.ReadArray<T>(reader));
}

internal sealed class KeyMap<T> : KeyMap where T : notnull
{
    private readonly T[] _values;
    private readonly Dictionary<T, uint> _keys = new(ValueComparer<T>.Instance);

    public KeyMap(PrimitiveDataViewType itemType, T[] values) : base(itemType)
    {
        _values = values;
        foreach (T value in values)
        {
            _keys.TryAdd(value, (uint)_keys.Count + 1);
        }
    }

    public override int Count => _values.Length;

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> get = row.GetGetter<T>(column);
            T source = default!;
            return (ValueGetter<uint>)((ref uint key) =>
            {
                get(ref source);
                key = _keys.GetValueOrDefault(source);
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> vector = default;
        T[] dense = [];
        return (ValueGetter<VBuffer<uint>>)((ref VBuffer<uint> keys) =>
        {
            getVector(ref vector);
            dense = dense.Length == vector.Length ? dense : new T[vector.Length];
            vector.CopyTo(dense);
            VBufferEditor<uint> editor = VBufferEditor.Create(ref keys, vector.Length);
            for (int i = 0; i < dense.Length; i++)
            {
                editor.Values[i] = _keys.GetValueOrDefault(dense[i]);
            }

            keys = editor.Commit();
        });
    }

    public override void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText)
    {
        if (Count == 0)
        {
            return;
        }

        if (asText && ItemType is not TextDataViewType)
        {
            ReadOnlyMemory<char>[] names = [.. _values.Select(value => Conversions.ToText(value).AsMemory())];
            builder.AddKeyValues<ReadOnlyMemory<char>>(Count, TextDataViewType.Instance, new VBuffer<ReadOnlyMemory<char>>(Count, names).CopyTo);
        }
        else
        {
            builder.AddKeyValues<T>(Count, ItemType, new VBuffer<T>(Count, _values).CopyTo);
        }
    }

    public override void Save(BinaryWriter writer)
    {
        SchemaFormat.WriteType(writer, ItemType);
        ValueFormat.WriteArray(writer, _values);
    }
}

internal abstract class KeyMapBuilder
{
    public abstract void AddRow();

    public abstract KeyMap Finish(bool sort);
}

internal sealed class KeyMapBuilder<T> : KeyMapBuilder where T : notnull
{
    private readonly DataViewSchema.Column _column;
    private readonly int _maximum;
    private readonly Action _addRow;
    private readonly HashSet<T> _seen = new(ValueComparer<T>.Instance);
    private readonly List<T> _values = [];

    public KeyMapBuilder(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        _column = column;
        _maximum = maximum;
        _addRow = column.Type is VectorDataViewType ? VectorReader(row.GetGetter<VBuffer<T>>(column)) : ScalarReader(row.GetGetter<T>(column));
    }

    public override void AddRow() => _addRow();

    public override KeyMap Finish(bool sort)
    {
        if (sort)
        {
            _values.Sort(ValueComparer<T>.Instance);
        }

        return new KeyMap<T>((PrimitiveDataViewType)_column.Type.ItemType(), [.. _values]);
    }

    private Action ScalarReader(ValueGetter<T> get)
    {
        T value = default!;
        return () =>
        {
            get(ref value);
            Add(value);
        };
    }

    private Action VectorReader(ValueGetter<VBuffer<T>> get)
    {
        VBuffer<T> vector = default;
        return () =>
        {
            get(ref vector);
            foreach (T value in vector.DenseValues())
            {
                Add(value);
            }
        };
    }

    private void Add(T value)
    {
        bool missing = MissingValues.IsMissing(value) || (_column.Type.ItemType() is KeyDataViewType && value.Equals(default(T)));
        if (_values.Count < _maximum && !missing && !_seen.Contains(value))
        {
            // Text points into its reader's buffer and must not keep it alive.
            T kept = value is ReadOnlyMemory<char> text ? (T)(object)text.ToString().AsMemory() : value;
            _seen.Add(kept);
            _values.Add(kept);
        }
    }
}
