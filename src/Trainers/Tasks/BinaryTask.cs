using Microsoft.ML.Calibrators;

namespace EE569.Trainers.Tasks;

/// <summary>Two classes, and the probability of the second.</summary>
internal sealed class BinaryTask : LearningTask
{
    public override LossFunction Loss => LossFunction.BinaryCrossEntropy;

    public override IReadOnlyList<string> Columns { get; } = [OutputColumns.PredictedLabel, OutputColumns.Score, OutputColumns.Probability];

    public override RowScorer CreateScorer(DataViewRow row, DataViewSchema.Column feature, NetworkModelParameters model) => new BinaryScorer(row, feature, model);

    public override int ClassCount(DataViewSchema.Column label) => 2;

    public override Func<double> LabelReader(DataViewRow cursor, DataViewSchema.Column label, int[]? classMap)
    {
        var boolean = cursor.GetGetter<bool>(label);
        bool truth = false;
        return () =>
        {
            boolean(ref truth);
            return truth ? 1 : 0;
        };
    }

    public override ISingleFeaturePredictionTransformer<object> CreateTop(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label) =>
        BuiltInModels.Binary(env, layer, schema, feature, label);

    public override bool IsTop(object model) => model is CalibratedModelParametersBase { Calibrator: PlattCalibrator };

    public override string Name => nameof(Binary);

    // The members' scores as logits of two classes, 0 and s; the score of the mean is log p - log (1 - p), exact where p is near 0 or 1.
    private protected override NetworkForm MeanOf(IReadOnlyList<NetworkForm> members)
    {
        var (logMeans, _) = NetworkForm.LogMean(members, top => new DenseLayer(
            top.Inputs, 2, [.. new float[top.Inputs], .. top.Weights.Span], [0, top.Biases.Span[0]], Activation.Identity));
        return new(logMeans, new DenseLayer(2, 1, [-1, 1], [0], Activation.Identity));
    }
}
