namespace EE569.Trainers.Tasks;

/// <summary>Score: the logit; Probability: its logistic; PredictedLabel: whether the score is positive.</summary>
internal sealed class BinaryScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) : RowScorer(row, feature, model)
{
    public override Delegate Getter(string column) => column switch
    {
        OutputColumns.Score => (ValueGetter<float>)Score,
        OutputColumns.Probability => (ValueGetter<float>)Probability,
        OutputColumns.PredictedLabel => (ValueGetter<bool>)PredictedLabel,
        _ => throw Unknown(column),
    };

    private void Score(ref float value)
    {
        Update();
        value = Scores[0];
    }

    private void Probability(ref float value)
    {
        Update();
        value = (float)(1 / (1 + Math.Exp(-(double)Scores[0]))); // exp(89) exceeds a float.
    }

    private void PredictedLabel(ref bool value)
    {
        Update();
        value = Scores[0] > 0;
    }
}
