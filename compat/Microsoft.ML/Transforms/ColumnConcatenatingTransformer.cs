using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(IHostEnvironment env, string output, string[] inputs) : base(env)
    {
        _output = output;
        _inputs = inputs;
    }

    internal static ColumnConcatenatingTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        string output = ctx.Reader.ReadString();
        return new(env, output, ctx.ReadStrings());
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(_output);
        ctx.WriteStrings(_inputs);
    }

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] inputs = [.. _inputs.Select(name => inputSchema.GetInputColumn(name))];
        PrimitiveDataViewType itemType = (PrimitiveDataViewType)inputs[0].Type.ItemType();
        foreach (DataViewSchema.Column input in inputs)
        {
            if (!input.Type.ItemType().Equals(itemType))
            {
                throw Contracts.SchemaMismatch("inputSchema", "input", input.Name, $"{itemType}", $"{input.Type.ItemType()}");
            }
        }

        ColumnMap map = inputs is [{ Type: VectorDataViewType } only]
            ? new(new(_output, only.Type, only.Annotations), [only.Index], row => row.GetGetter(only))
            : new(new(_output, TypeOf(itemType, inputs), Annotations(inputs)), [.. inputs.Select(input => input.Index)],
                row => Getters.Call<Delegate>(typeof(ColumnConcatenatingTransformer), nameof(CreateGetter), [itemType.RawType], row, inputs));
        return new ColumnMapper([map]);
    }

    private static VectorDataViewType TypeOf(PrimitiveDataViewType itemType, DataViewSchema.Column[] inputs) =>
        new(itemType, inputs.All(input => input.Type.ValueCount() > 0) ? inputs.Sum(input => input.Type.ValueCount()) : 0);

    private static DataViewSchema.Annotations Annotations(DataViewSchema.Column[] inputs)
    {
        DataViewSchema.Annotations.Builder builder = new();
        if (inputs.All(input => input.IsNormalized()))
        {
            builder.AddIsNormalized();
        }

        int size = inputs.Sum(input => input.Type.ValueCount());
        if (inputs.All(input => input.Type.ValueCount() > 0))
        {
            ReadOnlyMemory<char>[] names = [.. inputs.SelectMany(SlotNames)];
            if (names.Any(name => !name.IsEmpty))
            {
                builder.AddSlotNames(size, new VBuffer<ReadOnlyMemory<char>>(size, names).CopyTo);
            }
        }

        int[] ranges = [.. CategoricalRanges(inputs)];
        if (ranges.Length > 0)
        {
            builder.Add(AnnotationUtils.Kinds.CategoricalSlotRanges, new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
                (ValueGetter<VBuffer<int>>)new VBuffer<int>(ranges.Length, ranges).CopyTo);
        }

        return builder.ToAnnotations();
    }

    // A scalar's slot is named after its column, a vector's slots column.slot, and empty without slot names.
    private static IEnumerable<ReadOnlyMemory<char>> SlotNames(DataViewSchema.Column input)
    {
        if (input.Type is not VectorDataViewType)
        {
            return [input.Name.AsMemory()];
        }

        if (!input.HasSlotNames())
        {
            return new ReadOnlyMemory<char>[input.Type.ValueCount()];
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        input.GetSlotNames(ref names);
        return names.DenseValues().Select(name => name.IsEmpty ? name : $"{input.Name}.{name}".AsMemory());
    }

    private static IEnumerable<int> CategoricalRanges(DataViewSchema.Column[] inputs)
    {
        int offset = 0;
        foreach (DataViewSchema.Column input in inputs)
        {
            if (input.Annotations.Schema.GetColumnOrNull(AnnotationUtils.Kinds.CategoricalSlotRanges) is not null)
            {
                VBuffer<int> ranges = default;
                input.Annotations.GetValue(AnnotationUtils.Kinds.CategoricalSlotRanges, ref ranges);
                foreach (int bound in ranges.DenseValues())
                {
                    yield return offset + bound;
                }
            }

            offset += input.Type.ValueCount();
        }
    }

    private static ValueGetter<VBuffer<T>> CreateGetter<T>(DataViewRow row, DataViewSchema.Column[] inputs)
    {
        Func<VBuffer<T>>[] parts = [.. inputs.Select(input => Part<T>(row, input))];
        VBuffer<T>[] values = new VBuffer<T>[parts.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0;
            int count = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                values[i] = parts[i]();
                length += values[i].Length;
                count += values[i].GetValues().Length;
            }

            // Indices cost as much as a value: below half full a sparse result is the smaller one.
            Join(values, length, count >= length / 2 ? length : count, ref destination);
        };
    }

    private static Func<VBuffer<T>> Part<T>(DataViewRow row, DataViewSchema.Column input)
    {
        if (input.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(input);
            VBuffer<T> vector = default;
            return () =>
            {
                getVector(ref vector);
                return vector;
            };
        }

        ValueGetter<T> get = row.GetGetter<T>(input);
        T[] single = new T[1];
        VBuffer<T> value = new(1, single);
        return () =>
        {
            get(ref single[0]);
            return value;
        };
    }

    private static void Join<T>(VBuffer<T>[] parts, int length, int count, ref VBuffer<T> destination)
    {
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length, count);
        int offset = 0;
        int stored = 0;
        foreach (VBuffer<T> part in parts)
        {
            if (count == length)
            {
                part.CopyTo(editor.Values, offset);
            }
            else
            {
                ReadOnlySpan<T> values = part.GetValues();
                ReadOnlySpan<int> indices = part.GetIndices();
                for (int i = 0; i < values.Length; i++)
                {
                    editor.Values[stored] = values[i];
                    editor.Indices[stored++] = offset + (part.IsDense ? i : indices[i]);
                }
            }

            offset += part.Length;
        }

        destination = editor.Commit();
    }
}
