using static Microsoft.ML.Data.AnnotationUtils;

namespace Microsoft.ML.Data;

/// <summary>The annotations by which evaluators recognise the columns of one scorer.</summary>
internal sealed class ScoreAnnotations(DataViewSchema inputSchema, string scoreColumnKind)
{
    private readonly uint _setId = inputSchema.GetMaxAnnotationKind() + 1;

    public DataViewSchema.Annotations Of(string valueKind, Action<DataViewSchema.Annotations.Builder>? addMore = null)
    {
        // ML.NET's order, which tools show: the predicted label names its value kind early, scores name it late.
        bool isLabel = valueKind == Const.ScoreValueKind.PredictedLabel;
        DataViewSchema.Annotations.Builder builder = new();
        builder.AddText(Kinds.ScoreColumnKind, scoreColumnKind);
        if (isLabel)
        {
            builder.AddText(Kinds.ScoreValueKind, valueKind);
            addMore?.Invoke(builder);
        }
        builder.AddPrimitiveValue(Kinds.ScoreColumnSetId, ScoreColumnSetIdType, _setId);
        if (valueKind == Const.ScoreValueKind.Probability)
            builder.AddIsNormalized();
        if (!isLabel)
        {
            builder.AddText(Kinds.ScoreValueKind, valueKind);
            addMore?.Invoke(builder);
        }
        return builder.ToAnnotations();
    }
}
