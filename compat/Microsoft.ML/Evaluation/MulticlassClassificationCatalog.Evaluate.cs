using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed partial class MulticlassClassificationCatalog
{
    public MulticlassClassificationMetrics Evaluate(
        IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel, int topKPredictionCount = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (topKPredictionCount < 0)
            throw new ArgumentOutOfRangeException(nameof(topKPredictionCount), "Must be non-negative");
        DataViewSchema.Column score = data.Schema.FindColumn(scoreColumnName, DefaultColumnNames.Score);
        if (score.Type is not VectorDataViewType { Size: >= 2 } type || type.ItemType != NumberDataViewType.Single)
            throw Contracts.SchemaMismatch("schema", "score", scoreColumnName, "vector of two or more items of type Single", $"{score.Type}");
        data.Schema.FindColumn(predictedLabelColumnName, DefaultColumnNames.PredictedLabel);
        DataViewSchema.Column label = data.Schema.FindColumn(labelColumnName, DefaultColumnNames.Label);
        if (label.Type is not KeyDataViewType && label.Type != NumberDataViewType.Single)
            throw Contracts.SchemaMismatch("schema", "label", labelColumnName, "Single or Key", $"{label.Type}");

        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        ValueGetter<float> getLabel = cursor.GetLabelGetter(label);
        ValueGetter<VBuffer<float>> getScores = cursor.GetGetter<VBuffer<float>>(score);
        MulticlassEvaluator evaluator = new(ClassNames(score, type.Size), topKPredictionCount);
        VBuffer<float> scores = default;
        float[] dense = new float[type.Size];
        float y = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref y);
            getScores(ref scores);
            scores.CopyTo(dense);
            if (y >= 0 && y < dense.Length && !dense.Any(float.IsNaN))
                evaluator.Add(dense, (int)y);
        }
        return evaluator.Metrics();
    }

    private static string[] ClassNames(DataViewSchema.Column score, int size)
    {
        if (!score.HasSlotNames())
            return [.. Enumerable.Range(0, size).Select(k => $"{k}")];
        VBuffer<ReadOnlyMemory<char>> names = default;
        score.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(name => name.ToString())];
    }
}
