using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Calibrators;

/// <summary>Adds Probability, computed from a score column.</summary>
public sealed class PlattCalibratorTransformer : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<PlattCalibrator>
{
    private readonly PlattCalibrator _calibrator;
    private readonly string _scoreColumn;

    internal PlattCalibratorTransformer(IHostEnvironment env, PlattCalibrator calibrator, string scoreColumn) : base(env) =>
        (_calibrator, _scoreColumn) = (calibrator, scoreColumn);

    PlattCalibrator IPredictionTransformer<PlattCalibrator>.Model => _calibrator;

    string ISingleFeaturePredictionTransformer<PlattCalibrator>.FeatureColumnName => _scoreColumn;

    DataViewType ISingleFeaturePredictionTransformer<PlattCalibrator>.FeatureColumnType => NumberDataViewType.Single;

    internal static PlattCalibratorTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        string scoreColumn = ctx.Reader.ReadString();
        return new(env, ctx.LoadModel<PlattCalibrator>(env, "Calibrator"), scoreColumn);
    }

    private protected override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column score = inputSchema.FindColumn(_scoreColumn, DefaultColumnNames.Score, NumberDataViewType.Single);
        return new ColumnMapper([new(new(DefaultColumnNames.Probability, NumberDataViewType.Single, AnnotationsOf(score)), [score.Index],
            row => Getters.Map<float, float>(row, score, (value, _) => _calibrator.PredictProbability(value)))]);
    }

    private protected override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(this);
        ctx.Writer.Write(_scoreColumn);
        ctx.SaveModel(_calibrator, "Calibrator");
    }

    /// <summary>A probability belongs to the score set of its score.</summary>
    private static DataViewSchema.Annotations AnnotationsOf(DataViewSchema.Column score)
    {
        DataViewSchema.Annotations.Builder builder = new();
        foreach (string kind in (string[])[Kinds.ScoreColumnSetId, Kinds.ScoreColumnKind, Kinds.ScoreValueKind])
            builder.Add(score.Annotations, name => name == kind);
        builder.AddIsNormalized();
        return builder.ToAnnotations();
    }
}
