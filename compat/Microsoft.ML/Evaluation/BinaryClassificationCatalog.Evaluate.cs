using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class BinaryClassificationCatalog
{
    public CalibratedBinaryClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string probabilityColumnName = DefaultColumnNames.Probability, string predictedLabelColumnName = DefaultColumnNames.PredictedLabel) =>
        Read(data, labelColumnName, scoreColumnName, probabilityColumnName, predictedLabelColumnName).CalibratedMetrics();

    public BinaryClassificationMetrics EvaluateNonCalibrated(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel) =>
        Read(data, labelColumnName, scoreColumnName, null, predictedLabelColumnName).Metrics();

    /// <summary>The same model with another threshold on its score.</summary>
    public BinaryPredictionTransformer<TModel> ChangeModelThreshold<TModel>(BinaryPredictionTransformer<TModel> model, float threshold)
        where TModel : class
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.WithThreshold(threshold);
    }

    private BinaryEvaluator Read(IDataView data, string labelName, string scoreName, string? probabilityName, string predictedLabelName)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column score = data.Schema.FindColumn(scoreName, DefaultColumnNames.Score, NumberDataViewType.Single);
        DataViewSchema.Column? probability = probabilityName is null
            ? null
            : data.Schema.FindColumn(probabilityName, DefaultColumnNames.Probability, NumberDataViewType.Single);
        data.Schema.FindColumn(predictedLabelName, DefaultColumnNames.PredictedLabel);
        DataViewSchema.Column label = data.Schema.FindColumn(labelName, DefaultColumnNames.Label);
        if (label.Type is not BooleanDataViewType && label.Type != NumberDataViewType.Single && label.Type != NumberDataViewType.Double && label.Type is not KeyDataViewType { Count: 2 })
            throw Contracts.SchemaMismatch("schema", "label", labelName, "Single, Double, Boolean, or a Key with cardinality 2", $"{label.Type}");

        using DataViewRowCursor cursor = data.GetRowCursor(probability is { } p ? [label, score, p] : [label, score]);
        ValueGetter<float> getLabel = cursor.GetLabelGetter(label), getScore = cursor.GetGetter<float>(score);
        ValueGetter<float>? getProbability = probability is { } column ? cursor.GetGetter<float>(column) : null;
        BinaryEvaluator evaluator = new();
        float y = 0, s = 0, probabilityOfRow = float.NaN;
        while (cursor.MoveNext())
        {
            getLabel(ref y);
            getScore(ref s);
            getProbability?.Invoke(ref probabilityOfRow);
            if (!float.IsNaN(y) && !float.IsNaN(s))
                evaluator.Add(s, y > 0, probabilityOfRow);
        }
        return evaluator;
    }
}
