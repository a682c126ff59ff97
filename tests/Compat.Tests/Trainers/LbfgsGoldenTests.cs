using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Compat.Tests;

/// <summary>
/// Every run of lbfgs.json: the minimum found is as low as ML.NET's. Runs that stop early, or have no finite minimum, end anywhere on the way;
/// where a run is at the minimum, log loss, and on the well-conditioned data set also the weights, must be ML.NET's.
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
        AssertMinimum(
            Objective(data.LogLoss(model.Weights, model.Bias), data.Rows, model.Weights, options),
            Objective(data.LogLoss(golden, (float)expected["bias"]!), data.Rows, golden, options),
            data.LogLoss(model.Weights, model.Bias), expected, name);
        if ((string)run["data"]! == "gaussians.csv")
        {
            for (int j = 0; j < golden.Length; j++)
                Assert.AreEqual(golden[j], model.Weights[j], 1e-3 * Math.Abs(golden[j]), $"weight {j} of {name}");
        }
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
        double loss = data.LogLoss(weights, [.. model.GetBiases()]);
        AssertMinimum(
            Objective(loss, data.Rows, weights.SelectMany(w => w), options),
            Objective(data.LogLoss(golden, TrainingData.Floats(expected["biases"])), data.Rows, golden.SelectMany(w => w), options),
            loss, expected, name);
    }

    private static void AssertMinimum(double objective, double goldenObjective, double loss, JsonNode expected, string name)
    {
        Assert.IsLessThanOrEqualTo(goldenObjective * (1 + 2e-5) + 1e-6, objective, $"objective of {name}");
        if (name.Contains("1E-10", StringComparison.Ordinal) && objective > goldenObjective * (1 - 2e-5))
            Assert.AreEqual((double)expected["mean_log_loss_nats_from_scores"]!, loss, 1e-4, $"log loss of {name}");
    }

    private static double Objective(double meanLogLoss, int rows, IEnumerable<float> weights, JsonNode options) =>
        rows * meanLogLoss + (double)options["L2Regularization"]! * TrainingData.HalfSquares(weights)
        + (double)options["L1Regularization"]! * TrainingData.Magnitudes(weights);
}
