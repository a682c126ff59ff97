using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tasks;

/// <summary>Several classes, and the probability of each.</summary>
internal sealed class MulticlassTask : LearningTask
{
    public override LossFunction Loss => LossFunction.SoftmaxCrossEntropy;

    public override IReadOnlyList<string> Columns { get; } = [OutputColumns.PredictedLabel, OutputColumns.Score];

    public override RowScorer CreateScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) => new MulticlassScorer(row, feature, model);

    public override int ClassCount(DataViewSchema.Column label) => checked((int)((KeyDataViewType)label.Type).Count);

    public override int OutputCount(int classes) => classes;

    public override string[]? ClassNames(DataViewSchema.Column label) => Internals.ClassNames.Of(label);

    public override Func<double> LabelReader(DataViewRow cursor, DataViewSchema.Column label, int[]? classMap)
    {
        var key = cursor.GetGetter<uint>(label);
        uint value = 0;
        return () =>
        {
            key(ref value);
            return value == 0 ? double.NaN : classMap is null ? value - 1.0 : classMap[value - 1]; // 0 is the missing key
        };
    }

    public override ISingleFeaturePredictionTransformer<object> CreateTop(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label) =>
        BuiltInModels.Softmax(env, layer, schema, feature, label);

    public override bool IsTop(object model) => model is MaximumEntropyModelParameters;

    public override string Name => nameof(Multiclass);

    // softmax(log p) = p
    private protected override NetworkForm MeanOf(IReadOnlyList<NetworkForm> members)
    {
        var (logMeans, classes) = NetworkForm.LogMean(members, top => top);
        return new(logMeans, DenseLayer.Identity(classes));
    }
}
