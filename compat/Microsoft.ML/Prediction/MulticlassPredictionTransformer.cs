using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel, the key of the class with the highest score, and Score with one slot per class.</summary>
public sealed class MulticlassPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class
{
    private readonly string _scoreColumn;
    private readonly string _predictedLabelColumn;
    private readonly int _classes;

    internal MulticlassPredictionTransformer(
        IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn, string? labelColumn,
        string scoreColumn = DefaultColumnNames.Score, string predictedLabel = DefaultColumnNames.PredictedLabel)
        : base(env, model, inputSchema, featureColumn, labelColumn)
    {
        _scoreColumn = scoreColumn;
        _predictedLabelColumn = predictedLabel;
        VBuffer<float> score = default;
        var scorer = (IFeatureScorer<VBuffer<float>>)model;
        scorer.Score(new VBuffer<float>(scorer.FeatureCount, 0, [], []), ref score);
        _classes = score.Length;
    }

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column features = BindFeatures(inputSchema);
        ScoreAnnotations annotations = new(inputSchema, Const.ScoreColumnKind.MulticlassClassification);
        return new ScoreMapper<VBuffer<float>>(
            features,
            (IFeatureScorer<VBuffer<float>>)Model,
            new(new(_predictedLabelColumn, new KeyDataViewType(typeof(uint), _classes), annotations.Of(Const.ScoreValueKind.PredictedLabel, AddKeyValues)),
                score => (ValueGetter<uint>)((ref uint value) => value = HighestOf(score.Current.GetValues()))),
            new(new(_scoreColumn, new VectorDataViewType(NumberDataViewType.Single, _classes), annotations.Of(Const.ScoreValueKind.Score, AddClassNames)),
                score => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> value) => score.Current.CopyTo(ref value))));
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write(_scoreColumn);
        ctx.Writer.Write(_predictedLabelColumn);
    }

    /// <summary>The key (from 1) of the first highest score, or missing if no score is a number.</summary>
    private static uint HighestOf(ReadOnlySpan<float> scores)
    {
        int best = -1;
        for (int k = 0; k < scores.Length; k++)
        {
            if (best < 0 ? !float.IsNaN(scores[k]) : scores[k] > scores[best])
                best = k;
        }
        return (uint)(best + 1);
    }

    private void AddKeyValues(DataViewSchema.Annotations.Builder builder) => builder.Add(LabelAnnotations(), name => name == Kinds.KeyValues);

    private void AddClassNames(DataViewSchema.Annotations.Builder builder)
    {
        if (LabelAnnotations() is not { } label)
            return;
        DataViewSchema.Column values = label.Schema[Kinds.KeyValues];
        builder.Add(Kinds.TrainingLabelValues, values.Type, label.GetGetter(values));
        if (values.Type.ItemType() is TextDataViewType)
            builder.Add(Kinds.SlotNames, values.Type, label.GetGetter(values));
    }

    /// <summary>The annotations of the label column in training if they name every class.</summary>
    private DataViewSchema.Annotations? LabelAnnotations() =>
        LabelColumnName is not null && TrainSchema.GetColumnOrNull(LabelColumnName) is { } label && label.HasKeyValues() && label.Type.KeyCount() == _classes
            ? label.Annotations
            : null;
}

internal static class MulticlassPredictionTransformer
{
    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (string feature, string? label, DataViewSchema schema, object model) = PredictionTransformer.LoadColumns(env, ctx);
        string score = ctx.Reader.ReadString(), predictedLabel = ctx.Reader.ReadString();
        return model switch
        {
            MaximumEntropyModelParameters entropy => Create(entropy),
            LinearMulticlassModelParameters linear => Create(linear),
            OneVersusAllModelParameters oneVersusAll => Create(oneVersusAll),
            _ => throw ctx.Corrupt($"a {model.GetType().Name} is no model of several classes"),
        };

        MulticlassPredictionTransformer<T> Create<T>(T typed) where T : class => new(env, typed, schema, feature, label, score, predictedLabel);
    }
}
