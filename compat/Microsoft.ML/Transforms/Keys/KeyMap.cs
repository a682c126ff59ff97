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

    public override Delegate CreateGetter(DataViewRow row, DataViewSchema.Column column) =>
        Getters.Map<T, uint>(row, column, (value, _) => _keys.GetValueOrDefault(value));

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

/// <summary>Collects the values of a column, row by row.</summary>
internal abstract class KeyMapBuilder
{
    public abstract Action AddRow { get; }

    public abstract KeyMap Finish(bool sort);
}

internal sealed class KeyMapBuilder<T> : KeyMapBuilder where T : notnull
{
    private readonly DataViewSchema.Column _column;
    private readonly int _maximum;
    private readonly HashSet<T> _seen = new(ValueComparer<T>.Instance);
    private readonly List<T> _values = [];

    public KeyMapBuilder(DataViewRow row, DataViewSchema.Column column, int maximum)
    {
        _column = column;
        _maximum = maximum;
        AddRow = Getters.ForEach<T>(row, column, (value, _) => Add(value));
    }

    public override Action AddRow { get; }

    public override KeyMap Finish(bool sort)
    {
        if (sort)
        {
            _values.Sort(ValueComparer<T>.Instance);
        }

        return new KeyMap<T>((PrimitiveDataViewType)_column.Type.ItemType(), [.. _values]);
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
