using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>Text labels become keys for training and text again in the prediction; the saved model needs ML.NET alone.</summary>
internal static class MulticlassSample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Flower>("data/iris.csv", separatorChar: ',', hasHeader: true);

        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [16], batchSize: 16, learningRate: 0.01))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        ml.Model.Save(pipeline.Fit(data), data.Schema, "iris.zip");

        ITransformer loaded = ml.Model.Load("iris.zip", out _);
        Console.WriteLine($"accuracy {ml.MulticlassClassification.Evaluate(loaded.Transform(data)).MicroAccuracy:P1}");
        using var engine = ml.Model.CreatePredictionEngine<Flower, Answer>(loaded);
        Console.WriteLine($"predicted {engine.Predict(new Flower { Features = [5.1f, 3.5f, 1.4f, 0.2f] }).PredictedLabel}");
    }

    private sealed class Flower
    {
        [LoadColumn(0, 3), VectorType(4)]
        public float[] Features { get; set; } = [];

        [LoadColumn(4)]
        public string Label { get; set; } = "";
    }

    private sealed class Answer
    {
        public string PredictedLabel { get; set; } = "";
    }
}
