using Microsoft.ML.Calibrators;
using Microsoft.ML.Runtime;
using Microsoft.ML.Trainers;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Data;

/// <summary>Adds PredictedLabel (score above the threshold), Score and, for a calibrated model, Probability.</summary>
public sealed class BinaryPredictionTransformer<TModel> : SingleFeaturePredictionTransformerBase<TModel> where TModel : class
{
    internal BinaryPredictionTransformer(
        IHostEnvironment env, TModel model, DataViewSchema inputSchema, string featureColumn, string? labelColumn,
        float threshold = 0f, string thresholdColumn = DefaultColumnNames.Score) : base(env, model, inputSchema, featureColumn, labelColumn)
    {
        Threshold = threshold;
        ThresholdColumn = thresholdColumn;
    }

    internal float Threshold { get; }

    internal string ThresholdColumn { get; }

    internal BinaryPredictionTransformer<TModel> WithThreshold(float threshold) =>
        new(Host, Model, TrainSchema, FeatureColumnName, LabelColumnName, threshold, ThresholdColumn);

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column features = BindFeatures(inputSchema);
        ScoreAnnotations annotations = new(inputSchema, Const.ScoreColumnKind.BinaryClassification);
        ICalibrator? calibrator = (Model as CalibratedModelParametersBase)?.Calibrator;
        bool onProbability = calibrator is not null && ThresholdColumn == DefaultColumnNames.Probability;
        float threshold = Threshold;

        List<ScoreColumn<float>> columns =
        [
            new(new(DefaultColumnNames.PredictedLabel, BooleanDataViewType.Instance, annotations.Of(Const.ScoreValueKind.PredictedLabel)),
                score => (ValueGetter<bool>)((ref bool value) => value = (onProbability ? calibrator!.PredictProbability(score.Current) : score.Current) > threshold)),
            new(new(DefaultColumnNames.Score, NumberDataViewType.Single, annotations.Of(Const.ScoreValueKind.Score)),
                score => (ValueGetter<float>)((ref float value) => value = score.Current)),
        ];
        if (calibrator is not null)
        {
            columns.Add(new(
                new(DefaultColumnNames.Probability, NumberDataViewType.Single, annotations.Of(Const.ScoreValueKind.Probability)),
                score => (ValueGetter<float>)((ref float value) => value = calibrator.PredictProbability(score.Current))));
        }
        return new ScoreMapper<float>(features, (IFeatureScorer<float>)Model, [.. columns]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        base.SaveModel(ctx);
        ctx.Writer.Write(Threshold);
        ctx.Writer.Write(ThresholdColumn);
    }
}

internal static class BinaryPredictionTransformer
{
    public static ITransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        (string feature, string? label, DataViewSchema schema, object model) = PredictionTransformer.LoadColumns(env, ctx);
        float threshold = ctx.Reader.ReadSingle();
        string thresholdColumn = ctx.Reader.ReadString();
        return model switch
        {
            LinearBinaryModelParameters linear => Create(linear),
            CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator> calibrated => Create(calibrated),
            _ => throw ctx.Corrupt($"a {model.GetType().Name} is no model of two classes"),
        };

        BinaryPredictionTransformer<T> Create<T>(T typed) where T : class => new(env, typed, schema, feature, label, threshold, thresholdColumn);
    }
}
