using System.Runtime.Intrinsics;
using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Compat.Tests;

/// <summary>
/// Every run of lbfgs.json: the loss that is minimised, per row, is ML.NET's to 1e-5 and the weights are to 1e-3 of their norm, but for one run
/// (see <see cref="WeightTolerances"/>); 96 runs end with the same bits. All that holds with the vector width the golden runs were made with, as
/// rounding, and with it where a run stalls, depends on the order of sums: without AVX-512 ML.NET 5.0.0 itself comes within both bounds of its
/// own golden figures in 62 runs only. There, the loss is compared to 2e-3 (1e-5 for L2 alone) and the weights where the minimum fixes them: in
/// the well-conditioned data set, and with an L2 of 1 alone, to 3e-3.
/// </summary>
[TestClass]
public class LbfgsGoldenTests
{
    private static readonly GoldenFile Golden = new("lbfgs.json");

    /// <summary>Breast_cancer without L2 is separable and its minimum at infinity: how far a run gets hangs on the last bit of a late step.</summary>
    private static readonly Dictionary<int, double> WeightTolerances = new() { [50] = 1e-1 };

    private static readonly bool SumsAsGolden = Vector512.IsHardwareAccelerated;

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
        AssertWeights([goldenBias, .. golden], [model.Bias, .. model.Weights], index, name);
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
        AssertWeights([.. goldenBiases, .. golden.SelectMany(w => w)], [.. biases, .. weights.SelectMany(w => w)], index, name);
    }

    private static void AssertLoss(double golden, double loss, JsonNode options, string name) =>
        Assert.AreEqual(golden, loss, SumsAsGolden || HasL2Alone(options) ? 1e-5 : 2e-3, name);

    private static void AssertWeights(float[] golden, float[] weights, int index, string name)
    {
        JsonNode run = Golden["runs"][index]!, options = run["options"]!;
        bool isFixed = (string)run["data"]! == "gaussians.csv" || (HasL2Alone(options) && (float)options["L2Regularization"]! == 1);
        if (!SumsAsGolden && !isFixed)
            return;
        double difference = Math.Sqrt(golden.Zip(weights).Sum(pair => Math.Pow(pair.First - pair.Second, 2))), size = Math.Sqrt(golden.Sum(w => (double)w * w));
        double tolerance = SumsAsGolden ? WeightTolerances.GetValueOrDefault(index, 1e-3) : 3e-3;
        Assert.IsLessThan(tolerance * size, difference, $"weights of {name}");
    }

    private static bool HasL2Alone(JsonNode options) => (float)options["L1Regularization"]! == 0 && (float)options["L2Regularization"]! > 0;

    private static double Loss(double meanLogLoss, int rows, IEnumerable<float> weights, JsonNode options) =>
        meanLogLoss
        + ((double)options["L2Regularization"]! * TrainingData.HalfSquares(weights) + (double)options["L1Regularization"]! * TrainingData.Magnitudes(weights)) / rows;
}
