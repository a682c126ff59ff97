using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly PrimitiveDataViewType _target;

    internal TypeConvertingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, DataKind outputKind)
        : base(new(env, columns, outputKind))
    {
        _columns = columns;
        _target = DataViewTypes.FromKind(outputKind);
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        if (Conversions.Find(input.ItemType.RawType, _target.RawType) is null)
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Don't know how to convert {input.Name} into {_target}");
        }

        IEnumerable<SchemaShape.Column> annotations = SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.IsNormalized, AnnotationUtils.Kinds.SlotNames, AnnotationUtils.Kinds.KeyValues);
        if (input.ItemType is BooleanDataViewType && input.Kind != SchemaShape.Column.VectorKind.Scalar)
        {
            annotations = annotations.Append(SchemaAnnotations.IsNormalized);
        }

        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, _target, isKey: false, new(annotations));
    }));
}

public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(IHostEnvironment env, InputOutputColumnPair[] columns, DataKind kind) : base(env, columns) => _kind = kind;

    internal static TypeConvertingTransformer Load(IHostEnvironment env, ModelLoadContext ctx) =>
        new(env, InputOutputColumnPair.Load(ctx), (DataKind)ctx.Reader.ReadByte());

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write((byte)_kind);
    }

    private protected override (DataViewType Type, DataViewSchema.Annotations? Annotations, Func<DataViewRow, Delegate> CreateGetter) BindColumn(
        DataViewSchema.Column input, int index)
    {
        PrimitiveDataViewType target = DataViewTypes.FromKind(_kind);
        DataViewType source = input.Type.ItemType();
        Delegate? convert = source is KeyDataViewType && !KeyDataViewType.IsValidDataType(target.RawType) ? null : Conversions.Find(source.RawType, target.RawType);
        if (convert is null)
        {
            throw new ArgumentOutOfRangeException("inputSchema",
                $"source column '{input.Name}' with item type '{source}' is not compatible with destination type '{target}'");
        }

        if (source is KeyDataViewType key)
        {
            target = new KeyDataViewType(target.RawType, key.Count);
        }

        DataViewSchema.Annotations.Builder builder = new();
        builder.Add(input.Annotations, kind => kind is AnnotationUtils.Kinds.SlotNames || (kind == AnnotationUtils.Kinds.KeyValues && target is KeyDataViewType));
        if (input.IsNormalized() || (source is BooleanDataViewType && target is NumberDataViewType))
        {
            builder.AddIsNormalized();
        }

        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(target, vector.Dimensions) : target;
        return (type, builder.ToAnnotations(), row => Getters.Call<Delegate>(typeof(TypeConvertingTransformer), nameof(CreateGetter),
            [source.RawType, target.RawType], row, input, convert));
    }

    private static Delegate CreateGetter<TSource, TTarget>(DataViewRow row, DataViewSchema.Column column, Func<TSource, TTarget> convert) =>
        Getters.Map<TSource, TTarget>(row, column, (value, _) => convert(value), keepsZero: true);
}
