using Microsoft.ML.Calibrators;
using Microsoft.ML.Trainers;
using CalibratedLinear =
    Microsoft.ML.Calibrators.CalibratedModelParametersBase<Microsoft.ML.Trainers.LinearBinaryModelParameters, Microsoft.ML.Calibrators.PlattCalibrator>;

namespace EE569.Trainers.Saving;

/// <summary>ML.NET's own model types filled with our weights. What is saved of a layer that is not dense, its stages say (Models/Stage).</summary>
internal static class BuiltInModels
{
    /// <summary>A logistic regression. The Platt calibrator with slope -1 and offset 0 is the logistic function itself.</summary>
    public static BinaryPredictionTransformer<CalibratedLinear> Binary(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label)
    {
        var linear = MLNetInternals.LinearBinary(env, Dense(layer.Weights.ToArray()), layer.Biases.Span[0], null);
        var calibrator = MLNetInternals.Platt(env, slope: -1, offset: 0);
        var model = (CalibratedLinear)MLNetInternals<LinearBinaryModelParameters, PlattCalibrator>.Calibrated(env, linear, calibrator);
        return MLNetInternals<CalibratedLinear>.Binary(env, model, schema, feature, label, threshold: 0, thresholdColumn: OutputColumns.Score);
    }

    /// <summary>A softmax regression.</summary>
    public static MulticlassPredictionTransformer<MaximumEntropyModelParameters> Softmax(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature, string label) =>
        MLNetInternals<MaximumEntropyModelParameters>.Multiclass(
            env,
            MLNetInternals.MaximumEntropy(env, BiasesThenWeights(layer), layer.Outputs, layer.Inputs, LabelNames(schema[label]), null),
            schema, feature, label, OutputColumns.Score, OutputColumns.PredictedLabel);

    /// <summary>A linear regression.</summary>
    public static RegressionPredictionTransformer<LinearRegressionModelParameters> Regression(IHostEnvironment env, DenseLayer layer, DataViewSchema schema, string feature) =>
        MLNetInternals<LinearRegressionModelParameters>.Regression(
            env, MLNetInternals.LinearRegression(env, Dense(layer.Weights.ToArray()), layer.Biases.Span[0]), schema, feature);

    /// <summary>A hidden layer, as a multiclass scorer without a label: its raw scores, always in a column Score, are W x + b; or softmax(W x + b).</summary>
    public static ITransformer Hidden(IHostEnvironment env, DenseLayer layer, bool isSoftmax, DataViewSchema schema, string feature, string largest) => isSoftmax
        ? MLNetInternals<MaximumEntropyModelParameters>.Multiclass(
            env,
            MLNetInternals.MaximumEntropy(env, BiasesThenWeights(layer), layer.Outputs, layer.Inputs, null, null),
            schema, feature, null, OutputColumns.Score, largest)
        : MLNetInternals<LinearMulticlassModelParameters>.Multiclass(
            env,
            MLNetInternals.LinearMulticlass(env, BiasesThenWeights(layer), layer.Outputs, layer.Inputs, null, null),
            schema, feature, null, OutputColumns.Score, largest);

    /// <summary>The layer of a logistic regression.</summary>
    public static DenseLayer LayerOf(LinearModelParameters model) =>
        new(model.Weights.Count, 1, [.. model.Weights], [model.Bias], Engine.Activations.Activation.Identity);

    /// <summary>The layer of a softmax regression, or of the affine part of a hidden layer.</summary>
    public static DenseLayer LayerOf(LinearMulticlassModelParametersBase model)
    {
        VBuffer<float>[]? rows = null;
        model.GetWeights(ref rows, out int units);
        int inputs = rows![0].Length;
        var weights = new float[units * inputs];
        for (int unit = 0; unit < units; unit++)
        {
            rows[unit].CopyTo(weights.AsSpan(unit * inputs, inputs));
        }

        return new DenseLayer(inputs, units, weights, [.. model.GetBiases()], Engine.Activations.Activation.Identity);
    }

    /// <summary>The names of the classes as the built-in trainer keeps them in its model: only if they tell the classes apart.</summary>
    private static string[]? LabelNames(DataViewSchema.Column label) =>
        ClassNames.Of(label) is { } names && names.Distinct().Count() == names.Length && !names.Contains("") ? names : null;

    private static VBuffer<float> Dense(float[] values) => new(values.Length, values);

    private static VBuffer<float> BiasesThenWeights(DenseLayer layer) => Dense([.. layer.Biases.Span, .. layer.Weights.Span]);
}
