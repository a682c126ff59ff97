using Microsoft.ML.Calibrators;

namespace EE569.Trainers.Onnx;

/// <summary>A fitted predictor, of whichever type: what ONNX needs to know of it.</summary>
/// <param name="Transformer">It.</param>
/// <param name="Form">The network.</param>
/// <param name="Task">What the last layer's values mean.</param>
/// <param name="Feature">The column that the first layer reads.</param>
internal sealed record OnnxPredictor(ITransformer Transformer, NetworkForm Form, LearningTask Task, string Feature)
{
    /// <summary>Binary: the slope and the offset of 1 / (1 + exp(slope score + offset)).</summary>
    public (double Slope, double Offset) Platt { get; private init; } = (-1, 0);

    /// <summary>Binary: the predicted label is whether the column is above the value.</summary>
    public (float Value, string Column) Threshold { get; private init; } = (0, OutputColumns.Score);

    /// <returns>Null if it is no predictor of the types that our trainers fit.</returns>
    public static OnnxPredictor? Of(ITransformer transformer) => transformer switch
    {
        ISingleFeaturePredictionTransformer<NetworkModelParameters> { Model: var network } own => new(own, network.Form, TaskOf(network), own.FeatureColumnName),
        ISingleFeaturePredictionTransformer<object> builtIn when BuiltInChain.ReadOwn(new TransformerChain<ITransformer>(builtIn)) is { } loaded => OfBuiltIn(transformer, loaded),
        IEnumerable<ITransformer> when BuiltInChain.ReadOwn(transformer) is { } loaded => OfBuiltIn(transformer, loaded),
        _ => null,
    };

    private static OnnxPredictor? OfBuiltIn(ITransformer whole, LoadedNetwork network) => LearningTask.Of(network.Top.Model) is not { } task ? null
        : network.Top.Model is CalibratedModelParametersBase { Calibrator: PlattCalibrator platt }
            ? new(whole, network.Form, task, network.Feature) { Platt = (platt.Slope, platt.Offset), Threshold = MLNetInternals.ThresholdOf(network.Top) }
            : new(whole, network.Form, task, network.Feature);

    private static LearningTask TaskOf(NetworkModelParameters network) => network switch
    {
        SoftmaxMlpModelParameters => LearningTask.Multiclass,
        LogisticMlpModelParameters => LearningTask.Binary,
        _ => LearningTask.Regression,
    };
}
