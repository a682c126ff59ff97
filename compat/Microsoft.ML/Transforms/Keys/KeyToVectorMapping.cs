using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Turns keys into indicator vectors, the keys of a vector into their counts, or keys into their bits.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly KeyEncoding _encoding;

    internal KeyToVectorMappingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, KeyEncoding encoding)
        : base(new(env, columns, encoding))
    {
        _columns = columns;
        _encoding = encoding;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        return new SchemaShape.Column(pair.OutputColumnName,
            input.Kind == SchemaShape.Column.VectorKind.VariableVector && _encoding != KeyEncoding.Count ? input.Kind : SchemaShape.Column.VectorKind.Vector,
            NumberDataViewType.Single, isKey: false, new(Annotations(input)));
    }));

    private IEnumerable<SchemaShape.Column> Annotations(SchemaShape.Column input)
    {
        bool named = input.Annotations.TryFindColumn(AnnotationUtils.Kinds.KeyValues, out SchemaShape.Column values) && values.ItemType is TextDataViewType;
        if (named || _encoding == KeyEncoding.Binary)
        {
            yield return SchemaAnnotations.SlotNames;
        }

        if (_encoding == KeyEncoding.Indicator)
        {
            yield return SchemaAnnotations.CategoricalSlotRanges;
        }

        if (_encoding == KeyEncoding.Indicator || input.Kind == SchemaShape.Column.VectorKind.Scalar)
        {
            yield return SchemaAnnotations.IsNormalized;
        }
    }
}

internal enum KeyEncoding : byte
{
    /// <summary>A slot for each category, 1 for the key's.</summary>
    Indicator,

    /// <summary>As the indicators, those of a vector's slots added up.</summary>
    Count,

    /// <summary>The bits of the category's number from 0, highest first, after a 0; a missing key is all ones.</summary>
    Binary,
}

public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    private readonly KeyEncoding _encoding;

    internal KeyToVectorMappingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, KeyEncoding encoding) : base(env, columns) =>
        _encoding = encoding;

    internal static KeyToVectorMappingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, InputOutputColumnPair.Load(ctx), (KeyEncoding)ctx.Reader.ReadByte());

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write((byte)_encoding);
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        if (input.Type.ItemType() is not KeyDataViewType key)
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", input.Name, "key type of known cardinality", $"{input.Type}");
        }

        int keys = checked((int)key.Count);
        int width = _encoding == KeyEncoding.Binary ? BitOperations.Log2((uint)keys) + 2 : keys;
        bool isCount = _encoding == KeyEncoding.Count && input.Type is VectorDataViewType;
        int[] dimensions = input.Type is VectorDataViewType vector && !isCount ? [.. vector.Dimensions, width] : [width];
        VectorDataViewType type = new(NumberDataViewType.Single, dimensions);
        return (type, Annotations(input, type, width), row =>
            Getters.Call<Delegate>(typeof(KeyToVectorMappingTransformer), nameof(CreateGetter), [key.RawType], row, input, keys, width, _encoding));
    }

    private DataViewSchema.Annotations Annotations(DataViewSchema.Column input, VectorDataViewType type, int width)
    {
        DataViewSchema.Annotations.Builder builder = new();
        bool isVector = input.Type is VectorDataViewType;
        if (type.IsKnownSize && (_encoding == KeyEncoding.Binary || input.HasKeyValues(TextDataViewType.Instance)))
        {
            string[] slots = _encoding == KeyEncoding.Binary ? [.. Enumerable.Range(0, width).Select(i => $"Bit{width - 1 - i}")] : KeyValues(input);
            ReadOnlyMemory<char>[] names = isVector && _encoding != KeyEncoding.Count
                ? [.. SlotPrefixes(input).SelectMany(prefix => slots.Select(slot => $"{prefix}.{slot}".AsMemory()))]
                : [.. slots.Select(slot => slot.AsMemory())];
            builder.Add(AnnotationUtils.Kinds.SlotNames, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions),
                (ValueGetter<VBuffer<ReadOnlyMemory<char>>>)new VBuffer<ReadOnlyMemory<char>>(names.Length, names).CopyTo);
        }

        if (_encoding == KeyEncoding.Indicator && type.IsKnownSize)
        {
            int slots = type.Size / width;
            int[] ranges = [.. Enumerable.Range(0, slots).SelectMany(slot => new[] { slot * width, ((slot + 1) * width) - 1 })];
            builder.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, slots, 2),
                (ValueGetter<VBuffer<int>>)new VBuffer<int>(ranges.Length, ranges).CopyTo);
        }

        if (_encoding == KeyEncoding.Indicator || !isVector)
        {
            builder.AddIsNormalized();
        }

        return builder.ToAnnotations();
    }

    private static string[] KeyValues(DataViewSchema.Column input)
    {
        VBuffer<ReadOnlyMemory<char>> values = default;
        input.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(value => value.ToString())];
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

    private static ValueGetter<VBuffer<float>> CreateGetter<TKey>(DataViewRow row, DataViewSchema.Column column, int keys, int width, KeyEncoding encoding)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        List<ulong> rowKeys = [];
        Action read = Getters.ForEach<TKey>(row, column, (key, _) => rowKeys.Add(ulong.CreateTruncating(key)));
        bool isVector = column.Type is VectorDataViewType, isCount = encoding == KeyEncoding.Count && isVector;
        return (ref VBuffer<float> destination) =>
        {
            rowKeys.Clear();
            read();
            if (!isVector && encoding != KeyEncoding.Binary)
            {
                SetIndicator(rowKeys[0], keys, ref destination);
                return;
            }

            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, isCount ? width : width * rowKeys.Count);
            editor.Values.Clear();
            for (int i = 0; i < rowKeys.Count; i++)
            {
                Encode(rowKeys[i], keys, encoding, editor.Values.Slice(isCount ? 0 : i * width, width));
            }

            destination = editor.Commit();
        };
    }

    private static void Encode(ulong key, int keys, KeyEncoding encoding, Span<float> slots)
    {
        for (int bit = 0; encoding == KeyEncoding.Binary && bit < slots.Length; bit++)
        {
            slots[^(bit + 1)] = (key - 1) >> bit & 1;
        }

        if (encoding != KeyEncoding.Binary && key > 0 && key <= (ulong)keys)
        {
            slots[(int)key - 1]++;
        }
    }

    /// <summary>A sparse vector: there may be very many categories.</summary>
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
