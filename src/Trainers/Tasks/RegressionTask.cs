using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tasks;

/// <summary>A number.</summary>
internal sealed class RegressionTask : LearningTask
{
    public override LossFunction Loss => LossFunction.MeanSquaredError;

    public override IReadOnlyList<string> Columns { get; } = [OutputColumns.Score];

    public override RowScorer CreateScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) => new RegressionScorer(row, feature, model);

    public override int ClassCount(DataViewSchema.Column label) => 0;

    public override Func<double> LabelReader(DataViewRow cursor, DataViewSchema.Column label, int[]? classMap)
    {
        var number = cursor.GetGetter<float>(label);
        float target = 0;
        return () =>
        {
            number(ref target);
            return target;
        };
    }

    public override ISingleFeaturePredictionTransformer<object> CreateTop(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label) =>
        BuiltInModels.Regression(env, layer, schema, feature);

    public override bool IsTop(object model) => model is LinearRegressionModelParameters;

    public override string Name => nameof(Regression);

    // The mean is linear, so it becomes part of the last layer.
    private protected override NetworkForm MeanOf(IReadOnlyList<NetworkForm> members) => new(
        new Stage.Concatenation([.. members.Select(member => member.Hidden)]),
        new DenseLayer(
            members.Sum(member => member.Hidden.Width), 1,
            [.. members.SelectMany(member => member.Top.Weights.ToArray()).Select(weight => weight / members.Count)],
            [members.Average(member => member.Top.Biases.Span[0])], Activation.Identity));
}
