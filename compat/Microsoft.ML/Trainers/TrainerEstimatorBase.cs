using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>A learner over one feature vector, a label and perhaps a weight: checks the columns, reads the rows, states the output columns.</summary>
public abstract class TrainerEstimatorBase<TTransformer, TModel> : ITrainerEstimator<TTransformer, TModel>, ILabeledTrainer
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public readonly SchemaShape.Column FeatureColumn;
    public readonly SchemaShape.Column LabelColumn;
    public readonly SchemaShape.Column WeightColumn;

    private protected TrainerEstimatorBase(IHostEnvironment env, LearningTask task, TrainerInputBaseWithLabel options)
    {
        Host = env.Register(GetType().Name);
        Task = task;
        FeatureColumn = new(Named(options.FeatureColumnName), SchemaShape.Column.VectorKind.Vector, NumberDataViewType.Single, false);
        LabelColumn = task.LabelColumn(Named(options.LabelColumnName));
        if ((options as TrainerInputBaseWithWeight)?.ExampleWeightColumnName is { } weight)
            WeightColumn = new(weight, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false);

        static string Named(string name) => string.IsNullOrEmpty(name)
            ? throw new ArgumentOutOfRangeException(nameof(name), "name cannot be null or empty")
            : name;
    }

    public virtual TrainerInfo Info { get; } = new();

    string ILabeledTrainer.LabelColumnName => LabelColumn.Name;

    private protected IHost Host { get; }

    private protected LearningTask Task { get; }

    public TTransformer Fit(IDataView input)
    {
        CheckInputSchema(SchemaShape.Create(input.Schema));
        Host.CheckAlive();
        using IChannel channel = Host.Start("Training");
        return Train(input, channel);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        CheckInputSchema(inputSchema);
        return inputSchema.With(Task.OutputColumns(inputSchema, LabelColumn.Name, IsCalibrated));
    }

    private protected virtual bool IsCalibrated => false;

    private protected abstract TTransformer Train(IDataView data, IChannel channel);

    private protected static void Require(bool condition, string option, string message)
    {
        if (!condition)
            throw new ArgumentOutOfRangeException(option, message);
    }

    /// <summary>Reads the rows that can be used, and says how many cannot.</summary>
    private protected TrainingRows ReadRows(IDataView data, IChannel channel, string emptyMessage)
    {
        DataViewSchema.Column features = data.Schema[FeatureColumn.Name], label = data.Schema[LabelColumn.Name];
        DataViewSchema.Column? weight = WeightColumn.Name is { } name ? data.Schema[name] : null;
        using DataViewRowCursor cursor = data.GetRowCursor(weight is { } w ? [features, label, w] : [features, label]);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(features);
        ValueGetter<float> getLabel = cursor.GetLabelGetter(label);
        ValueGetter<float>? getWeight = weight is { } column ? cursor.GetGetter<float>(column) : null;

        TrainingRows rows = new(features.Type.ValueCount());
        VBuffer<float> vector = default;
        float y = 0, importance = 1;
        long skipped = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref vector);
            getLabel(ref y);
            getWeight?.Invoke(ref importance);
            if (float.IsNaN(y) || !float.IsFinite(importance) || !TensorPrimitives.IsFiniteAll(vector.GetValues()))
                skipped++;
            else
                rows.Add(vector.GetValues(), vector.GetIndices(), y, importance);
        }
        if (skipped > 0)
            channel.Warning(MessageSensitivity.None, "Skipped {0} instances with missing features, label or weight during training", skipped);
        return rows.Count > 0 ? rows : throw new InvalidOperationException(emptyMessage);
    }

    private void CheckInputSchema(SchemaShape schema)
    {
        Check(FeatureColumn, "feature", nameof(schema));
        if (WeightColumn.Name is not null)
            Check(WeightColumn, "weight", nameof(schema));
        Check(LabelColumn, "label", "labelCol");

        void Check(SchemaShape.Column expected, string role, string mismatchParameter)
        {
            if (!schema.TryFindColumn(expected.Name, out SchemaShape.Column found))
                throw Contracts.MissingColumn("inputSchema", role, expected.Name);
            if (!expected.IsCompatibleWith(found))
            {
                throw Contracts.SchemaMismatch(
                    mismatchParameter == nameof(schema) ? "inputSchema" : mismatchParameter, role, expected.Name, expected.TypeString, found.TypeString);
            }
        }
    }
}
