using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Transforms.LpNormNormalizingEstimatorBase;

namespace Microsoft.ML.Transforms;

/// <summary>Divides each vector by its norm.</summary>
public abstract class LpNormNormalizingEstimatorBase : TrivialEstimator<LpNormNormalizingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    private protected LpNormNormalizingEstimatorBase(InputOutputColumnPair[] columns, LpNormNormalizingTransformer transformer) : base(transformer) =>
        _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        return input.Kind != SchemaShape.Column.VectorKind.Scalar && input.ItemType == NumberDataViewType.Single
            ? new SchemaShape.Column(pair.OutputColumnName, input.Kind, input.ItemType, isKey: false,
                new([.. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames), SchemaAnnotations.IsNormalized]))
            : throw Contracts.SchemaMismatch(nameof(inputSchema), "input", input.Name, "Vector<Single>", input.TypeString);
    }));

    public enum NormFunction : byte
    {
        L2 = 0,
        StandardDeviation = 1,
        L1 = 2,
        Infinity = 3,
    }
}

public sealed class LpNormNormalizingEstimator : LpNormNormalizingEstimatorBase
{
    internal LpNormNormalizingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, NormFunction norm, bool ensureZeroMean)
        : base(columns, new(env, columns, norm, ensureZeroMean))
    {
    }
}

public sealed class LpNormNormalizingTransformer : OneToOneTransformerBase
{
    private readonly NormFunction _norm;
    private readonly bool _ensureZeroMean;

    internal LpNormNormalizingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, NormFunction norm, bool ensureZeroMean) : base(env, columns) =>
        (_norm, _ensureZeroMean) = (norm, ensureZeroMean);

    internal static LpNormNormalizingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, InputOutputColumnPair.Load(ctx), (NormFunction)ctx.Reader.ReadByte(), ctx.Reader.ReadBoolean());

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write((byte)_norm);
        ctx.Writer.Write(_ensureZeroMean);
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        builder.AddIsNormalized();
        return (input.Type, builder.ToAnnotations(), row =>
        {
            ValueGetter<VBuffer<float>> get = row.GetGetter<VBuffer<float>>(input);
            VBuffer<float> source = default;
            return (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) =>
            {
                get(ref source);
                source.CopyToDense(ref value);
                VBufferEditor<float> editor = VBufferEditor.CreateFromBuffer(ref value);
                Normalize(editor.Values);
                value = editor.Commit();
            });
        }
        );
    }

    private void Normalize(Span<float> values)
    {
        if (values.IsEmpty)
            return;
        float mean = TensorPrimitives.Average<float>(values);
        if (_ensureZeroMean)
            TensorPrimitives.Subtract(values, mean, values);
        float norm = _norm switch
        {
            NormFunction.L1 => TensorPrimitives.SumOfMagnitudes<float>(values),
            NormFunction.Infinity => Math.Abs(TensorPrimitives.MaxMagnitude<float>(values)),
            NormFunction.StandardDeviation => TensorPrimitives.StdDev<float>(values),
            _ => TensorPrimitives.Norm<float>(values),
        };
        if (norm > 0)
            TensorPrimitives.Multiply(values, 1 / norm, values);
    }
}
