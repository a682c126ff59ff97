using EE569.Trainers.Onnx;
using EE569.Trainers.Training;

namespace Microsoft.ML;

/// <summary>Export to ONNX of the five trainers' models.</summary>
public static class OnnxExport
{
    /// <summary>
    /// Writes a model as an ONNX file (operator set 13). The input has the name of the feature column and the shape batch x features. The outputs are
    /// Score (batch x classes, or batch x 1), for binary labels Probability (batch x 1) and PredictedLabel (Boolean), for classes PredictedLabel:
    /// the index of the class from 0, where ML.NET's key values count from 1.
    /// </summary>
    /// <param name="model">What a trainer of this library fitted, or a pipeline that ends in it, just fitted or loaded from a file.</param>
    /// <param name="path">The file to write.</param>
    /// <param name="includeNormalizer">Whether a normaliser of the feature column in the pipeline becomes part of the network, which then reads raw features.</param>
    /// <exception cref="ArgumentException">The model holds no such predictor.</exception>
    /// <exception cref="InvalidOperationException">The normaliser is not a scale and an offset.</exception>
    public static void SaveAsOnnx(this ITransformer model, string path, bool includeNormalizer = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        var source = OnnxSource.Of(model, includeNormalizer);
        AtomicFile.Write(path, new OnnxNetwork(source.Layers, source.Task, source.Feature).ToModel().WriteTo);
    }
}
