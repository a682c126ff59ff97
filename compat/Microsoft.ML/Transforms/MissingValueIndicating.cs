using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Says which values are NaN.</summary>
public sealed class MissingValueIndicatorEstimator : TrivialEstimator<MissingValueIndicatorTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal MissingValueIndicatorEstimator(IHostEnvironment env, InputOutputColumnPair[] columns) : base(new(env, columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        MissingValueReplacingTransformer.CheckType(input.IsKey ? new KeyDataViewType(typeof(uint), 1) : input.ItemType, input.ItemType);
        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, BooleanDataViewType.Instance, isKey: false,
            new([.. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames), SchemaAnnotations.IsNormalized]));
    }));
}

public sealed class MissingValueIndicatorTransformer : OneToOneTransformerBase
{
    internal MissingValueIndicatorTransformer(IHostEnvironment env, InputOutputColumnPair[] columns) : base(env, columns)
    {
    }

    internal static MissingValueIndicatorTransformer Load(IHostEnvironment env, ModelLoadContext ctx) => new(env, InputOutputColumnPair.Load(ctx));

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        MissingValueReplacingTransformer.CheckType(input.Type.ItemType(), input.Type.ItemType());
        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(input.Annotations, kind => kind == AnnotationUtils.Kinds.SlotNames);
        builder.AddIsNormalized();
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(BooleanDataViewType.Instance, vector.Dimensions) : BooleanDataViewType.Instance;
        return (type, builder.ToAnnotations(), row => input.Type.ItemType() == NumberDataViewType.Single
            ? Getters.Map<float, bool>(row, input, (value, _) => float.IsNaN(value), keepsZero: true)
            : Getters.Map<double, bool>(row, input, (value, _) => double.IsNaN(value), keepsZero: true));
    }
}
