namespace EE569.Trainers.Scoring;

/// <summary>Score: the prediction.</summary>
internal sealed class RegressionScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) : RowScorer(row, feature, model)
{
    public static readonly IReadOnlyList<string> Columns = [OutputColumns.Score];

    public override Delegate Getter(string column) => column == OutputColumns.Score ? (ValueGetter<float>)Score : throw Unknown(column);

    private void Score(ref float value)
    {
        Update();
        value = Scores[0];
    }
}
