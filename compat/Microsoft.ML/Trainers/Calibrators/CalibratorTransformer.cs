using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Calibrators;

/// <summary>Adds Probability, computed from a score column.</summary>
public abstract class CalibratorTransformer<TICalibrator> : RowToRowTransformerBase, ISingleFeaturePredictionTransformer<TICalibrator>
    where TICalibrator : class, ICalibrator
{
    private readonly TICalibrator _calibrator;
    private readonly string _scoreColumn;

    private protected CalibratorTransformer(IHostEnvironment env, TICalibrator calibrator, string scoreColumn) : base(env) =>
        (_calibrator, _scoreColumn) = (calibrator, scoreColumn);

    TICalibrator IPredictionTransformer<TICalibrator>.Model => _calibrator;

    string ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnName => _scoreColumn;

    DataViewType ISingleFeaturePredictionTransformer<TICalibrator>.FeatureColumnType => NumberDataViewType.Single;

    private protected sealed override IRowMapper Bind(DataViewSchema inputSchema)
    {
        DataViewSchema.Column score = inputSchema.FindColumn(_scoreColumn, DefaultColumnNames.Score, NumberDataViewType.Single);
        return new ColumnMapper([new(new(DefaultColumnNames.Probability, NumberDataViewType.Single, AnnotationsOf(score)), [score.Index], row =>
        {
            ValueGetter<float> getter = row.GetGetter<float>(score);
            float current = 0;
            return (ValueGetter<float>)((ref float value) =>
            {
                getter(ref current);
                value = _calibrator.PredictProbability(current);
            });
        })]);
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

    private protected sealed override void SaveModel(ModelSaveContext ctx)
    {
        ctx.SetSignature(PlattCalibratorTransformer.Signature, 1);
        ctx.Writer.Write(_scoreColumn);
        ctx.SaveModel((ICanSaveModel)_calibrator, "Calibrator");
    }
}

public sealed class PlattCalibratorTransformer : CalibratorTransformer<PlattCalibrator>
{
    internal const string Signature = "PlattCalibration";

    internal PlattCalibratorTransformer(IHostEnvironment env, PlattCalibrator calibrator, string scoreColumn) : base(env, calibrator, scoreColumn)
    {
    }

    internal static PlattCalibratorTransformer Load(IHostEnvironment env, ModelLoadContext ctx)
    {
        string scoreColumn = ctx.Reader.ReadString();
        return new(env, ctx.LoadModel<PlattCalibrator>(env, "Calibrator"), scoreColumn);
    }
}
