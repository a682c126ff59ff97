using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>A saved network is loaded in another program and trained further.</summary>
internal static class ContinuedTrainingSample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Point>("data/circles.csv", separatorChar: ',', hasHeader: true);
        var trainer = ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [16], numberOfEpochs: 20, learningRate: 0.01);

        LogisticMlpTransformer first = trainer.Fit(data);
        ml.Model.Save(first, data.Schema, "network.zip");
        Console.WriteLine($"log loss after 20 epochs {LogLoss(first):F4}");

        var loaded = LogisticMlpTransformer.FromLoaded(ml.Model.Load("network.zip", out _));
        Console.WriteLine($"log loss after 40 epochs {LogLoss(trainer.Fit(data, loaded.Model)):F4}");

        double LogLoss(ITransformer model) => ml.BinaryClassification.Evaluate(model.Transform(data)).LogLoss;
    }

    private sealed class Point
    {
        [LoadColumn(0, 1), VectorType(2)]
        public float[] Features { get; set; } = [];

        [LoadColumn(2)]
        public bool Label { get; set; }
    }
}
