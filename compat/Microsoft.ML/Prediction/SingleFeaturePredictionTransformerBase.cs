using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Applies a model that reads one vector of features: adds its score columns.</summary>
public abstract class SingleFeaturePredictionTransformerBase<TModel> : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    private protected SingleFeaturePredictionTransformerBase(
        IHostEnvironment env, TModel model, DataViewSchema trainSchema, string featureColumn, string? labelColumn) : base(env)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(featureColumn);
        Model = model;
        FeatureColumnName = featureColumn;
        LabelColumnName = labelColumn;
        FeatureColumnType = (trainSchema.GetColumnOrNull(featureColumn)
            ?? throw Contracts.MissingColumn(nameof(trainSchema), "feature", featureColumn)).Type;
        TrainSchema = trainSchema;
    }

    public TModel Model { get; }

    public string FeatureColumnName { get; }

    public DataViewType FeatureColumnType { get; }

    private protected string? LabelColumnName { get; }

    private protected DataViewSchema TrainSchema { get; }

    public sealed override DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        DataViewType type = (inputSchema.GetColumnOrNull(FeatureColumnName)
            ?? throw Contracts.MissingColumn(nameof(inputSchema), "feature", FeatureColumnName)).Type;
        return Fits(type)
            ? base.GetOutputSchema(inputSchema)
            : throw Contracts.SchemaMismatch(nameof(inputSchema), "feature", FeatureColumnName, $"{FeatureColumnType}", $"{type}");
    }

    private protected DataViewSchema.Column BindFeatures(DataViewSchema schema)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(FeatureColumnName)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"{FeatureColumnName} column 'Feature' not found");
        if (column.Type.ItemType() != FeatureColumnType.ItemType())
            throw new InvalidOperationException($"Incompatible features column type item type: '{column.Type.ItemType()}' vs '{FeatureColumnType.ItemType()}'");
        return Fits(column.Type)
            ? column
            : throw new InvalidOperationException($"Incompatible features column type: '{column.Type}' vs '{FeatureColumnType}'");
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(FeatureColumnName);
        ctx.Writer.Write(LabelColumnName ?? "");
        DataViewSchema.Builder used = new();
        foreach (DataViewSchema.Column column in TrainSchema)
        {
            if (!column.IsHidden && (column.Name == FeatureColumnName || column.Name == LabelColumnName))
                used.AddColumn(column.Name, column.Type, column.Annotations);
        }
        SchemaFormat.Write(ctx.Writer, used.ToSchema());
        ctx.SaveModel((ICanSaveModel)Model, "Model");
    }

    private bool Fits(DataViewType type) =>
        type is VectorDataViewType vector && vector.ItemType == FeatureColumnType.ItemType() && vector.Size == FeatureColumnType.ValueCount();
}

/// <summary>What the loaders of the prediction transformers read first.</summary>
internal static class PredictionTransformer
{
    public static (string FeatureColumn, string? LabelColumn, DataViewSchema TrainSchema, object Model) LoadColumns(IHostEnvironment env, ModelLoadContext ctx)
    {
        string feature = ctx.Reader.ReadString(), label = ctx.Reader.ReadString();
        DataViewSchema schema = SchemaFormat.Read(ctx.Reader);
        if (schema.GetColumnOrNull(feature) is null)
            throw ctx.Corrupt($"its schema lacks the feature column '{feature}'");
        return (feature, label.Length > 0 ? label : null, schema, ctx.LoadModel<object>(env, "Model"));
    }
}
