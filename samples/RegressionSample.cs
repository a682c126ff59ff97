using EE569.Engine.Training;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Samples;

/// <summary>The width of a petal from three other lengths, stopped early on a validation part; the history goes to a CSV file.</summary>
internal static class RegressionSample
{
    public static void Run()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromTextFile<Petal>("data/iris.csv", separatorChar: ',', hasHeader: true);

        var network = ml.Regression.Trainers.MlpRegression(new MlpRegressionTrainer.Options
        {
            HiddenLayers = [16],
            LearningRate = 0.01,
            NumberOfEpochs = 500,
            ValidationFraction = 0.2,
            EarlyStopping = new EarlyStopping { Patience = 20 },
        });
        var model = ml.Transforms.NormalizeMeanVariance("Features", fixZero: false).Append(network).Fit(data);

        Console.WriteLine($"R² {ml.Regression.Evaluate(model.Transform(data)).RSquared:F3}, {network.LastStopReason} after {network.LastHistory!.Count} epochs");
        network.LastHistory.SaveCsv("history.csv");
    }

    private sealed class Petal
    {
        [LoadColumn(0, 2), VectorType(3)]
        public float[] Features { get; set; } = [];

        [LoadColumn(3)]
        public float Label { get; set; }
    }
}
