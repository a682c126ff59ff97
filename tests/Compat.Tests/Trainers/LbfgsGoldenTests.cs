using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Compat.Tests;

/// <summary>
/// Every run of lbfgs.json: the loss that is minimised, per row, is ML.NET's to 1e-5, with L1 or lower, as ML.NET, in single precision, at
/// times stalls before that minimum. Weights agree to 1e-3 where the minimum fixes them so closely: on the well-conditioned data set, and with L2 alone.
/// </summary>
[TestClass]
public class LbfgsGoldenTests
{
    private static readonly GoldenFile Golden = new("lbfgs.json");

    public static IEnumerable<object[]> Runs(string trainer) => Golden["runs"].AsArray()
        .Where(run => ((string)run!["trainer"]!).EndsWith(trainer, StringComparison.Ordinal))
        .Select(run => new object[] { Golden["runs"].AsArray().IndexOf(run), $"{run!["data"]} {run["normalisation"]} {run["options"]!.ToJsonString()}" });

    [TestMethod]
    [DynamicData(nameof(Runs), "LbfgsLogisticRegression")]
    public void Logistic_regression_finds_ML_NETs_minimum(int index, string name)
    {
        JsonNode run = Golden["runs"][index]!, options = run["options"]!, expected = run["result"]!;
        MLContext ml = new(seed: 1);
        TrainingData data = TrainingData.Load(ml, (string)run["data"]!, (string)run["normalisation"]!);
        LinearBinaryModelParameters model = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = (float)options["L1Regularization"]!,
            L2Regularization = (float)options["L2Regularization"]!,
            OptimizationTolerance = (float)options["OptimizationTolerance"]!,
            NumberOfThreads = 1,
        }).Fit(data.View).Model.SubModel;

        float[] golden = TrainingData.Floats(expected["weights"]);
        float goldenBias = (float)expected["bias"]!;
        AssertLoss(
            Loss(data.LogLoss(golden, goldenBias), data.Rows, golden, options), Loss(data.LogLoss(model.Weights, model.Bias), data.Rows, model.Weights, options), options, name);
        if ((string)run["data"]! == "gaussians.csv" || HasL2Alone(options))
            AssertWeights([goldenBias, .. golden], [model.Bias, .. model.Weights], name);
    }

    [TestMethod]
    [DynamicData(nameof(Runs), "LbfgsMaximumEntropy")]
    public void Maximum_entropy_finds_ML_NETs_minimum(int index, string name)
    {
        JsonNode run = Golden["runs"][index]!, options = run["options"]!, expected = run["result"]!;
        MLContext ml = new(seed: 1);
        TrainingData data = TrainingData.Load(ml, (string)run["data"]!, (string)run["normalisation"]!);
        MaximumEntropyModelParameters model = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = (float)options["L1Regularization"]!,
            L2Regularization = (float)options["L2Regularization"]!,
            OptimizationTolerance = (float)options["OptimizationTolerance"]!,
            NumberOfThreads = 1,
        }).Fit(data.View).Model;

        VBuffer<float>[] vectors = [];
        model.GetWeights(ref vectors!, out int classes);
        float[][] weights = [.. vectors.Take(classes).Select(vector => vector.DenseValues().ToArray())];
        float[][] golden = TrainingData.FloatRows(expected["weights_per_class"]);
        float[] goldenBiases = TrainingData.Floats(expected["biases"]), biases = [.. model.GetBiases()];
        AssertLoss(
            Loss(data.LogLoss(golden, goldenBiases), data.Rows, golden.SelectMany(w => w), options),
            Loss(data.LogLoss(weights, biases), data.Rows, weights.SelectMany(w => w), options), options, name);
        if (HasL2Alone(options))
            AssertWeights([.. goldenBiases, .. golden.SelectMany(w => w)], [.. biases, .. weights.SelectMany(w => w)], name);
    }

    private static bool HasL2Alone(JsonNode options) => (float)options["L1Regularization"]! == 0 && (float)options["L2Regularization"]! == 1;

    private static void AssertLoss(double golden, double loss, JsonNode options, string name)
    {
        const double tolerance = 1e-5;
        Assert.IsLessThanOrEqualTo(golden + tolerance, loss, name);
        if ((float)options["L1Regularization"]! == 0)
            Assert.AreEqual(golden, loss, tolerance, name);
    }

    private static void AssertWeights(float[] golden, float[] weights, string name)
    {
        double difference = Math.Sqrt(golden.Zip(weights).Sum(pair => Math.Pow(pair.First - pair.Second, 2))), size = Math.Sqrt(golden.Sum(w => (double)w * w));
        Assert.IsLessThan(1e-3 * size, difference, $"weights of {name}");
    }

    private static double Loss(double meanLogLoss, int rows, IEnumerable<float> weights, JsonNode options) =>
        meanLogLoss
        + ((double)options["L2Regularization"]! * TrainingData.HalfSquares(weights) + (double)options["L1Regularization"]! * TrainingData.Magnitudes(weights)) / rows;
}
