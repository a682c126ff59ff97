using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>Two rings that no line separates: a network, a test set, and the probability of one point.</summary>
internal static class BinarySample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Point>("data/circles.csv", separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.3);

        var pipeline = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false)
            .Append(ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [16, 16], learningRate: 0.01));
        var model = pipeline.Fit(split.TrainSet);

        var metrics = ml.BinaryClassification.Evaluate(model.Transform(split.TestSet));
        Console.WriteLine($"test accuracy {metrics.Accuracy:P1}, AUC {metrics.AreaUnderRocCurve:F3}");

        using var engine = ml.Model.CreatePredictionEngine<Point, Answer>(model);
        Console.WriteLine($"the centre belongs to class 1 with probability {engine.Predict(new Point { Features = [0, 0] }).Probability:F3}");
    }

    private sealed class Point
    {
        [LoadColumn(0, 1), VectorType(2)]
        public float[] Features { get; set; } = [];

        [LoadColumn(2)]
        public bool Label { get; set; }
    }

    private sealed class Answer
    {
        public float Probability { get; set; }
    }
}
