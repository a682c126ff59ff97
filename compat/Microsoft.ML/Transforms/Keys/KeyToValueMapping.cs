using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys back into the values named by their annotation.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal KeyToValueMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns) : base(new(env, columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        if (!input.IsKey)
        {
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", input.Name, "KeyType", input.TypeString);
        }

        if (!input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column values))
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Input column '{input.Name}' doesn't contain key values metadata");
        }

        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, values.ItemType, values.IsKey,
            new(SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames)));
    }));
}

public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    internal KeyToValueMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns) : base(env, columns)
    {
    }

    internal static KeyToValueMappingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) => new(env, InputOutputColumnPair.Load(ctx));

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        if (input.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.KeyValues)?.Type is not VectorDataViewType { ItemType: var valueType })
        {
            throw new InvalidOperationException("Metadata KeyValues does not exist");
        }

        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(valueType, vector.Dimensions) : valueType;
        return (type, builder.ToAnnotations(), row => Getters.Call<Delegate>(typeof(KeyToValueMappingTransformer), nameof(CreateGetter),
            [input.Type.ItemType().RawType, valueType.RawType], row, input));
    }

    private static Delegate CreateGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column column)
        where TKey : struct, System.Numerics.IUnsignedNumber<TKey>
    {
        VBuffer<TValue> annotation = default;
        column.GetKeyValues(ref annotation);
        // Key 0, and a key beyond the values, is missing.
        TValue[] values = [MissingValues.Of<TValue>(), .. annotation.DenseValues()];
        return Getters.Map<TKey, TValue>(row, column, (key, _) => values[ulong.CreateTruncating(key) is var index && index < (ulong)values.Length ? index : 0]);
    }
}
