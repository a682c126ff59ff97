using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Compat.Tests;

/// <summary>
/// Every run of sdca.json: the objective reached is as low as ML.NET's. For two classes the log loss is ML.NET's too; for several classes, and
/// with L1 on many features, ML.NET's own runs end where the gradient of the objective is not 0, so only the objective can be compared.
/// </summary>
[TestClass]
public class SdcaGoldenTests
{
    private const double Tolerance = 1e-3;

    private static readonly GoldenFile Golden = new("sdca.json");

    public static IEnumerable<object[]> Runs(string trainer) => Golden["runs"].AsArray()
        .Where(run => ((string)run!["trainer"]!).EndsWith(trainer, StringComparison.Ordinal))
        .Select(run => new object[] { Golden["runs"].AsArray().IndexOf(run), $"{run!["data"]} {run["options"]!.ToJsonString()}" });

    [TestMethod]
    [DynamicData(nameof(Runs), "SdcaLogisticRegression")]
    public void Logistic_regression_reaches_ML_NETs_objective(int index, string name)
    {
        JsonNode run = Golden["runs"][index]!, options = run["options"]!, expected = run["result"]!;
        MLContext ml = new(seed: 1);
        TrainingData data = TrainingData.Load(ml, (string)run["data"]!, (string)run["normalisation"]!);
        LinearBinaryModelParameters model = ml.BinaryClassification.Trainers.SdcaLogisticRegression(
            With(new SdcaLogisticRegressionBinaryTrainer.Options(), options)).Fit(data.View).Model.SubModel;

        float[] golden = TrainingData.Floats(expected["weights"]);
        double loss = data.LogLoss(model.Weights, model.Bias), goldenLoss = (double)expected["mean_log_loss_nats_from_scores"]!;
        double objective = Objective(loss, model.Weights, options), goldenObjective = Objective(goldenLoss, golden, options);
        Assert.IsLessThanOrEqualTo(goldenObjective + Tolerance, objective, name);
        if (objective > goldenObjective - Tolerance)
            Assert.AreEqual(goldenLoss, loss, Tolerance, name);

        static SdcaLogisticRegressionBinaryTrainer.Options With(SdcaLogisticRegressionBinaryTrainer.Options trainer, JsonNode options)
        {
            trainer.L1Regularization = (float)options["L1Regularization"]!;
            trainer.L2Regularization = (float)options["L2Regularization"]!;
            trainer.NumberOfThreads = (int)options["NumberOfThreads"]!;
            trainer.Shuffle = (bool)options["Shuffle"]!;
            trainer.MaximumNumberOfIterations = (int)options["MaximumNumberOfIterations"]!;
            trainer.ConvergenceTolerance = (float)options["ConvergenceTolerance"]!;
            trainer.BiasLearningRate = (float)options["BiasLearningRate"]!;
            return trainer;
        }
    }

    [TestMethod]
    [DynamicData(nameof(Runs), "SdcaMaximumEntropy")]
    public void Maximum_entropy_reaches_ML_NETs_objective(int index, string name)
    {
        JsonNode run = Golden["runs"][index]!, options = run["options"]!, expected = run["result"]!;
        MLContext ml = new(seed: 1);
        TrainingData data = TrainingData.Load(ml, (string)run["data"]!, (string)run["normalisation"]!);
        MaximumEntropyModelParameters model = ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = (float)options["L1Regularization"]!,
            L2Regularization = (float)options["L2Regularization"]!,
            NumberOfThreads = (int)options["NumberOfThreads"]!,
            Shuffle = (bool)options["Shuffle"]!,
            MaximumNumberOfIterations = (int)options["MaximumNumberOfIterations"]!,
            ConvergenceTolerance = (float)options["ConvergenceTolerance"]!,
            BiasLearningRate = (float)options["BiasLearningRate"]!,
        }).Fit(data.View).Model;

        VBuffer<float>[] vectors = [];
        model.GetWeights(ref vectors!, out int classes);
        float[][] weights = [.. vectors.Take(classes).Select(vector => vector.DenseValues().ToArray())];
        float[][] golden = TrainingData.FloatRows(expected["weights_per_class"]);
        double objective = Objective(data.LogLoss(weights, [.. model.GetBiases()]), weights.SelectMany(w => w), options);
        double goldenObjective = Objective(data.LogLoss(golden, TrainingData.Floats(expected["biases"])), golden.SelectMany(w => w), options);
        Assert.IsLessThanOrEqualTo(goldenObjective + Tolerance, objective, name);
    }

    // ML.NET's L1 option is a threshold on weights that L2 scales: the penalty is their product.
    private static double Objective(double meanLogLoss, IEnumerable<float> weights, JsonNode options) =>
        meanLogLoss + (double)options["L2Regularization"]!
        * (TrainingData.HalfSquares(weights) + (double)options["L1Regularization"]! * TrainingData.Magnitudes(weights));
}
