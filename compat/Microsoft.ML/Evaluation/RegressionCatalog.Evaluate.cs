using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class RegressionCatalog
{
    public RegressionMetrics Evaluate(IDataView data, string labelColumnName = DefaultColumnNames.Label, string scoreColumnName = DefaultColumnNames.Score)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column score = data.Schema.FindColumn(scoreColumnName, DefaultColumnNames.Score, NumberDataViewType.Single);
        DataViewSchema.Column label = data.Schema.FindColumn(labelColumnName, DefaultColumnNames.Label, NumberDataViewType.Single);
        using DataViewRowCursor cursor = data.GetRowCursor([label, score]);
        ValueGetter<float> getLabel = cursor.GetGetter<float>(label), getScore = cursor.GetGetter<float>(score);
        RegressionEvaluator evaluator = new();
        float y = 0, s = 0;
        while (cursor.MoveNext())
        {
            getLabel(ref y);
            getScore(ref s);
            if (!float.IsNaN(y) && !float.IsNaN(s))
                evaluator.Add(s, y);
        }
        return evaluator.Metrics();
    }
}
