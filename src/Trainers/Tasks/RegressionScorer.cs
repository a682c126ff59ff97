namespace EE569.Trainers.Tasks;

/// <summary>Score: the prediction.</summary>
internal sealed class RegressionScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) : RowScorer(row, feature, model)
{
    public override Delegate Getter(string column) => column == OutputColumns.Score ? (ValueGetter<float>)Score : throw Unknown(column);

    private void Score(ref float value)
    {
        Update();
        value = Scores[0];
    }
}
