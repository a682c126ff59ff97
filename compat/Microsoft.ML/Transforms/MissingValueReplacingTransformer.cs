using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    internal const string Signature = "NAReplaceTransform";
    private readonly double[][] _replacements;

    internal MissingValueReplacingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, double[][] replacements) : base(env, columns) =>
        _replacements = replacements;

    internal static MissingValueReplacingTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        InputOutputColumnPair[] columns = InputOutputColumnPair.Load(ctx);
        return new(env, columns, [.. columns.Select(_ => ValueFormat.ReadArray<double>(ctx.Reader))]);
    }

    internal static void CheckType(DataViewType type, DataViewType shown)
    {
        if (type != NumberDataViewType.Single && type != NumberDataViewType.Double)
        {
            throw new ArgumentOutOfRangeException("inputSchema", $"Type '{shown}' is not supported by NAReplaceTransform since it doesn't have an NA value");
        }
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(Signature, 1);
        InputOutputColumnPair.Save(Columns, ctx);
        foreach (double[] values in _replacements)
        {
            ValueFormat.WriteArray(ctx.Writer, values);
        }
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        CheckType(input.Type.ItemType(), input.Type.ItemType());
        double[] values = _replacements[index];
        if (values.Length > 1 && values.Length != input.Type.ValueCount())
        {
            throw Contracts.SchemaMismatch("inputSchema", "input", input.Name, $"a vector of {values.Length} values", $"{input.Type}");
        }

        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(input.Annotations, kind => kind is AnnotationUtils.Kinds.SlotNames or AnnotationUtils.Kinds.IsNormalized);
        return (input.Type, builder.ToAnnotations(), row => input.Type.ItemType() == NumberDataViewType.Single
            ? CreateGetter<float>(row, input, values)
            : CreateGetter<double>(row, input, values));
    }

    private static Delegate CreateGetter<T>(DataViewRow row, DataViewSchema.Column column, double[] values) where T : struct, INumber<T>
    {
        T[] replacements = [.. values.Select(T.CreateTruncating)];
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> get = row.GetGetter<T>(column);
            return (ValueGetter<T>)((ref T value) =>
            {
                get(ref value);
                value = T.IsNaN(value) ? replacements[0] : value;
            });
        }

        ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
        return (ValueGetter<VBuffer<T>>)((ref VBuffer<T> destination) =>
        {
            getVector(ref destination);
            VBufferEditor<T> editor = VBufferEditor.CreateFromBuffer(ref destination);
            for (int i = 0; i < editor.Values.Length; i++)
            {
                if (T.IsNaN(editor.Values[i]))
                {
                    int slot = destination.IsDense ? i : editor.Indices[i];
                    editor.Values[i] = replacements[replacements.Length == 1 ? 0 : slot];
                }
            }

            destination = editor.Commit();
        });
    }
}
