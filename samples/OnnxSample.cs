using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>A pipeline as an ONNX file that reads raw features: the normaliser becomes part of the first layer.</summary>
internal static class OnnxSample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Flower>("data/iris.csv", separatorChar: ',', hasHeader: true);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [16]));

        pipeline.Fit(data).SaveAsOnnx("iris.onnx");

        Console.WriteLine($"iris.onnx: {new FileInfo("iris.onnx").Length} bytes");
    }

    private sealed class Flower
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public string Label { get; set; } = "";
    }
}
