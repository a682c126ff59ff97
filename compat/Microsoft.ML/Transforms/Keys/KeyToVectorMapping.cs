using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into indicator vectors, or the keys of a vector into their counts.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly bool _count;

    internal KeyToVectorMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, bool outputCountVector)
        : base(new(env, columns, outputCountVector))
    {
        _columns = columns;
        _count = outputCountVector;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        return new SchemaShape.Column(pair.OutputColumnName,
            input.Kind == SchemaShape.Column.VectorKind.VariableVector && !_count ? input.Kind : SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single, isKey: false, new(Annotations(input, _count)));
    }));

    private static IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column input, bool count)
    {
        if (input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column values) && values.ItemType is TextDataViewType)
        {
            yield return SchemaAnnotations.SlotNames;
        }

        if (!count)
        {
            yield return SchemaAnnotations.CategoricalSlotRanges;
        }

        if (!count || input.Kind == SchemaShape.Column.VectorKind.Scalar)
        {
            yield return SchemaAnnotations.IsNormalized;
        }
    }
}

public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    private readonly bool _count;

    internal KeyToVectorMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, bool count) : base(env, columns) => _count = count;

    internal static KeyToVectorMappingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, InputOutputColumnPair.Load(ctx), ctx.Reader.ReadBoolean());

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write(_count);
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        if (input.Type.ItemType() is not KeyDataViewType key)
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", input.Name, "key type of known cardinality", $"{input.Type}");
        }

        int keys = checked((int)key.Count);
        bool isCount = _count && input.Type is VectorDataViewType;
        int[] dimensions = input.Type is VectorDataViewType vector && !isCount ? [.. vector.Dimensions, keys] : [keys];
        VectorDataViewType type = new(NumberDataViewType.Single, dimensions);
        return (type, Annotations(input, type, keys, isCount), row =>
            Getters.Call<Delegate>(typeof(KeyToVectorMappingTransformer), nameof(CreateGetter), [key.RawType], row, input, keys, isCount));
    }

    private DataViewSchema.Annotations Annotations(DataViewSchema.Column input, VectorDataViewType type, int keys, bool isCount)
    {
        DataViewSchema.Annotations.Builder builder = new();
        if (input.HasKeyValues(TextDataViewType.Instance) && type.IsKnownSize)
        {
            VBuffer<ReadOnlyMemory<char>> values = default;
            input.GetKeyValues(ref values);
            ReadOnlyMemory<char>[] names = isCount || input.Type is not VectorDataViewType
                ? [.. values.DenseValues()]
                : [.. SlotPrefixes(input).SelectMany(slot => values.DenseValues().Select(value => $"{slot}.{value}".AsMemory()))];
            builder.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions),
                (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo);
        }

        if (!_count && type.IsKnownSize)
        {
            int slots = type.Size / keys;
            int[] ranges = [.. Enumerable.Range(0, slots).SelectMany(slot => new[] { slot * keys, ((slot + 1) * keys) - 1 })];
            builder.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, slots, 2),
                (ValueGetter<VBuffer<int>>)new VBuffer<int>(ranges.Length, ranges).CopyTo);
        }

        if (!isCount)
        {
            builder.AddIsNormalized();
        }

        return builder.ToAnnotations();
    }

    private static IEnumerable<string> SlotPrefixes(DataViewSchema.Column input)
    {
        if (!input.HasSlotNames())
        {
            return Enumerable.Range(0, input.Type.ValueCount()).Select(slot => $"[{slot}]");
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        input.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.ToString());
    }

    private static ValueGetter<VBuffer<float>> CreateGetter<TKey>(DataViewRow row, DataViewSchema.Column column, int keys, bool isCount)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<TKey> get = row.GetGetter<TKey>(column);
            TKey key = default;
            return (ref VBuffer<float> destination) =>
            {
                get(ref key);
                SetIndicator(ulong.CreateTruncating(key), keys, ref destination);
            };
        }

        ValueGetter<VBuffer<TKey>> getVector = row.GetGetter<VBuffer<TKey>>(column);
        VBuffer<TKey> source = default;
        return (ref VBuffer<float> destination) =>
        {
            getVector(ref source);
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, isCount ? keys : keys * source.Length);
            editor.Values.Clear();
            ReadOnlySpan<TKey> values = source.GetValues();
            for (int i = 0; i < values.Length; i++)
            {
                ulong key = ulong.CreateTruncating(values[i]);
                int slot = isCount ? 0 : (source.IsDense ? i : source.GetIndices()[i]) * keys;
                if (key > 0 && key <= (ulong)keys)
                {
                    editor.Values[slot + (int)key - 1] += 1;
                }
            }

            destination = editor.Commit();
        };
    }

    private static void SetIndicator(ulong key, int keys, ref VBuffer<float> destination)
    {
        bool known = key > 0 && key <= (ulong)keys;
        VBufferEditor<float> editor = VBufferEditor.Create(ref destination, keys, known ? 1 : 0);
        if (known)
        {
            editor.Values[0] = 1;
            if (keys > 1)
            {
                editor.Indices[0] = (int)key - 1;
            }
        }

        destination = editor.Commit();
    }
}
