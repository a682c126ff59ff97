using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Onnx;

/// <summary>A fitted predictor, of whichever type: what ONNX needs to know of it.</summary>
/// <param name="Transformer">It.</param>
/// <param name="Layers">Its layers.</param>
/// <param name="Task">What the last layer's values mean.</param>
/// <param name="Feature">The column that the first layer reads.</param>
internal sealed record OnnxPredictor(ITransformer Transformer, IReadOnlyList<DenseLayer> Layers, LearningTask Task, string Feature)
{
    /// <summary>Binary: the slope and the offset of 1 / (1 + exp(slope score + offset)).</summary>
    public (double Slope, double Offset) Platt { get; private init; } = (-1, 0);

    /// <summary>Binary: the predicted label is whether the column is above the value.</summary>
    public (float Value, string Column) Threshold { get; private init; } = (0, OutputColumns.Score);

    /// <returns>Null if it is no predictor of the types that our trainers fit.</returns>
    public static OnnxPredictor? Of(ITransformer transformer) => transformer switch
    {
        ISingleFeaturePredictionTransformer<NetworkModelParameters> { Model: var network } own => new(own, network.Layers, TaskOf(network), own.FeatureColumnName),
        ISingleFeaturePredictionTransformer<object> builtIn when LayerOf(builtIn.Model) is { } layer => OfBuiltIn(builtIn, builtIn, [layer], builtIn.FeatureColumnName),
        IEnumerable<ITransformer> when BuiltInChain.ReadOwn(transformer) is { } loaded => OfBuiltIn(transformer, loaded.Top, loaded.Layers, loaded.Feature),
        _ => null,
    };

    private static OnnxPredictor? OfBuiltIn(
        ITransformer whole, ISingleFeaturePredictionTransformer<object> top, IReadOnlyList<DenseLayer> layers, string feature) => top.Model switch
        {
            MaximumEntropyModelParameters => new(whole, layers, LearningTask.Multiclass, feature),
            CalibratedModelParametersBase { Calibrator: PlattCalibrator platt } => new(whole, layers, LearningTask.Binary, feature)
            {
                Platt = (platt.Slope, platt.Offset),
                Threshold = MLNetInternals.ThresholdOf(top),
            },
            LinearRegressionModelParameters => new(whole, layers, LearningTask.Regression, feature),
            _ => null,
        };

    private static LearningTask TaskOf(NetworkModelParameters network) => network switch
    {
        SoftmaxMlpModelParameters => LearningTask.Multiclass,
        LogisticMlpModelParameters => LearningTask.Binary,
        _ => LearningTask.Regression,
    };

    private static DenseLayer? LayerOf(object model) => model switch
    {
        MaximumEntropyModelParameters softmax => BuiltInModels.LayerOf(softmax),
        CalibratedModelParametersBase { SubModel: LinearBinaryModelParameters linear } => BuiltInModels.LayerOf(linear),
        LinearRegressionModelParameters linear => BuiltInModels.LayerOf(linear),
        _ => null,
    };
}
