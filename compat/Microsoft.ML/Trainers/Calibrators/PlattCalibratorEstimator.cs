using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Calibrators;

/// <summary>Platt scaling: fits slope and offset of a logistic curve, from scores to probabilities, to labels.</summary>
public sealed class PlattCalibratorEstimator : IEstimator<PlattCalibratorTransformer>
{
    private readonly IHost _host;
    private readonly string _labelColumn;
    private readonly string _scoreColumn;
    private readonly string? _weightColumn;

    internal PlattCalibratorEstimator(IHostEnvironment env, string labelColumn, string scoreColumn, string? weightColumn) =>
        (_host, _labelColumn, _scoreColumn, _weightColumn) = (env.Register(nameof(PlattCalibratorEstimator)), labelColumn, scoreColumn, weightColumn);

    public PlattCalibratorTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column score = input.Schema[_scoreColumn], label = input.Schema[_labelColumn];
        DataViewSchema.Column? weight = _weightColumn is null ? null : input.Schema[_weightColumn];
        using DataViewRowCursor cursor = input.GetRowCursor(weight is { } w ? [score, label, w] : [score, label]);
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
        return new(_host, new(_host, slope, offset), _scoreColumn);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column score = inputSchema.GetInputColumn(_scoreColumn);
        string[] kept = [Kinds.ScoreColumnSetId, Kinds.ScoreColumnKind, Kinds.ScoreValueKind];
        SchemaShape annotations = new([SchemaAnnotations.IsNormalized, .. kept.SelectMany(kind => SchemaAnnotations.Kept(score, kind))]);
        return inputSchema.With(
            new SchemaShape.Column(DefaultColumnNames.Probability, SchemaShape.Column.VectorKind.Scalar, NumberDataViewType.Single, false, annotations));
    }
}
