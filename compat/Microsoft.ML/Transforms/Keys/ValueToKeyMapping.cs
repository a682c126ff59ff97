using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of a column and numbers them.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly InputOutputColumnPair[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly IDataView? _keyData;

    internal ValueToKeyMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, int maximumNumberOfKeys,
        KeyOrdinality keyOrdinality, bool addKeyValueAnnotationsAsText, IDataView? keyData)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumNumberOfKeys);
        if (keyData is not null && keyData.Schema.Count(column => !column.IsHidden) != 1)
        {
            throw new ArgumentException("The key data must have exactly one column.", nameof(keyData));
        }

        _env = env;
        _columns = columns;
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _ordinality = keyOrdinality;
        _asText = addKeyValueAnnotationsAsText;
        _keyData = keyData;
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] columns = [.. _columns.Select(pair => input.Schema.GetInputColumn(pair.InputColumnName))];
        bool sort = _ordinality == KeyOrdinality.ByValue;
        KeyMap[] maps = _keyData is null
            ? KeyMap.Learn(input, columns, _maximumNumberOfKeys, sort)
            : [.. Enumerable.Repeat(KeyMap.Learn(_keyData, [KeyColumn(columns)], _maximumNumberOfKeys, sort)[0], columns.Length)];
        WarnOfEmpty(maps);
        return new(_env, _columns, maps, _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, NumberDataViewType.UInt32, isKey: true, new(
            [.. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames), SchemaAnnotations.KeyValues(_asText ? TextDataViewType.Instance : input.ItemType)]));
    }));

    private DataViewSchema.Column KeyColumn(DataViewSchema.Column[] columns)
    {
        DataViewSchema.Column keys = _keyData!.Schema.First(column => !column.IsHidden);
        foreach (DataViewSchema.Column column in columns)
        {
            if (!column.Type.ItemType().Equals(keys.Type.ItemType()))
            {
                throw Contracts.SchemaMismatch("keyData", "key", keys.Name, $"{column.Type.ItemType()}", $"{keys.Type.ItemType()}");
            }
        }

        return keys;
    }

    private void WarnOfEmpty(KeyMap[] maps)
    {
        using IChannel channel = _env.Register("Term").Start("Training");
        for (int i = 0; i < maps.Length; i++)
        {
            if (maps[i].Count == 0)
            {
                channel.Warning($"Term map for output column '{_columns[i].OutputColumnName}' contains no entries.");
            }
        }
    }

    public enum KeyOrdinality : byte
    {
        ByOccurrence = 0,
        ByValue = 1,
    }
}

public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private readonly KeyMap[] _maps;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, KeyMap[] maps, bool asText) : base(env, columns)
    {
        _maps = maps;
        _asText = asText;
    }

    internal static ValueToKeyMappingTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        InputOutputColumnPair[] columns = InputOutputColumnPair.Load(ctx);
        bool asText = ctx.Reader.ReadBoolean();
        return new(env, columns, [.. columns.Select(_ => KeyMap.Load(ctx.Reader))], asText);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write(_asText);
        foreach (KeyMap map in _maps)
        {
            map.Save(ctx.Writer);
        }
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        KeyMap map = _maps[index];
        if (input.Type.ItemType().RawType != map.ItemType.RawType)
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", input.Name, $"{map.ItemType}", $"{input.Type.ItemType()}");
        }

        DataViewSchema.Annotations.Builder builder = new();
        map.AddKeyValues(builder, _asText);
        builder.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(map.KeyType, vector.Dimensions) : map.KeyType;
        return (type, builder.ToAnnotations(), row => map.CreateGetter(row, input));
    }
}
