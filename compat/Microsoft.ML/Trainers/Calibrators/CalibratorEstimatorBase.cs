using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Calibrators;

/// <summary>Learns how scores map to probabilities.</summary>
public abstract class CalibratorEstimatorBase<TICalibrator> : IEstimator<CalibratorTransformer<TICalibrator>>
    where TICalibrator : class, ICalibrator
{
    private readonly string _scoreColumn;

    private protected CalibratorEstimatorBase(IHostEnvironment env, string scoreColumn)
    {
        Host = env.Register(GetType().Name);
        _scoreColumn = scoreColumn;
    }

    private protected IHost Host { get; }

    public CalibratorTransformer<TICalibrator> Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Fit(input, input.Schema[_scoreColumn]);
    }

    SchemaShape IEstimator<CalibratorTransformer<TICalibrator>>.GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column score = inputSchema.GetInputColumn(_scoreColumn);
        SchemaShape.Column normalized = new(Kinds.IsNormalized, SchemaShape.Column.VectorKind.Scalar, BooleanDataViewType.Instance, false);
        string[] kept = [Kinds.ScoreColumnSetId, Kinds.ScoreColumnKind, Kinds.ScoreValueKind];
        SchemaShape annotations = new([normalized, .. kept.SelectMany(kind => score.Annotations.Where(annotation => annotation.Name == kind))]);
        return inputSchema.With(
            new SchemaShape.Column(DefaultColumnNames.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, annotations));
    }

    private protected abstract CalibratorTransformer<TICalibrator> Fit(IDataView data, DataViewSchema.Column score);
}

/// <summary>Platt scaling: fits slope and offset of a logistic curve to labels.</summary>
public sealed class PlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    private readonly string _labelColumn;
    private readonly string _scoreColumn;
    private readonly string? _weightColumn;

    internal PlattCalibratorEstimator(IHostEnvironment env, string labelColumn, string scoreColumn, string? weightColumn) : base(env, scoreColumn) =>
        (_labelColumn, _scoreColumn, _weightColumn) = (labelColumn, scoreColumn, weightColumn);

    private protected override CalibratorTransformer<PlattCalibrator> Fit(IDataView data, DataViewSchema.Column score)
    {
        DataViewSchema.Column label = data.Schema[_labelColumn];
        DataViewSchema.Column? weight = _weightColumn is null ? null : data.Schema[_weightColumn];
        using DataViewRowCursor cursor = data.GetRowCursor(weight is { } w ? [score, label, w] : [score, label]);
        ValueGetter<float> getScore = cursor.GetGetter<float>(score), getLabel = cursor.GetLabelGetter(label);
        ValueGetter<float>? getWeight = weight is { } column ? cursor.GetGetter<float>(column) : null;
        PlattScaling scaling = new();
        float s = 0, y = 0, importance = 1;
        while (cursor.MoveNext())
        {
            getScore(ref s);
            getLabel(ref y);
            getWeight?.Invoke(ref importance);
            if (float.IsFinite(s) && !float.IsNaN(y) && importance > 0)
                scaling.Add(s, y > 0, importance);
        }
        (double slope, double offset) = scaling.Fit();
        return new PlattCalibratorTransformer(Host, new(Host, slope, offset), _scoreColumn);
    }
}

/// <summary>A logistic curve with given slope and offset.</summary>
public sealed class FixedPlattCalibratorEstimator : CalibratorEstimatorBase<PlattCalibrator>
{
    private readonly PlattCalibrator _calibrator;

    internal FixedPlattCalibratorEstimator(IHostEnvironment env, double slope, double offset, string scoreColumn) : base(env, scoreColumn) =>
        _calibrator = new(env, slope, offset);

    private protected override CalibratorTransformer<PlattCalibrator> Fit(IDataView data, DataViewSchema.Column score) =>
        new PlattCalibratorTransformer(Host, _calibrator, score.Name);
}
