using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
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
        base.SaveModel(ctx);
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
        return Getters.Map<T, T>(row, column, (value, slot) => T.IsNaN(value) ? replacements[replacements.Length == 1 ? 0 : slot] : value, keepsZero: true);
    }
}
