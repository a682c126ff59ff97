using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Compat.Tests;

/// <summary>What has no golden run: the perceptron, one-versus-all, Platt scaling, cross-validation and permutation importance.</summary>
[TestClass]
public class BuiltInLearnerTests
{
    private readonly MLContext _ml = new(seed: 1);

    private IDataView Gaussians => TrainingData.Load(_ml, "gaussians.csv", "none").View;

    /// <summary>ML.NET's diverges on few rows with the L2 it chooses.</summary>
    private SdcaRegressionTrainer Regression => _ml.Regression.Trainers.Sdca(new SdcaRegressionTrainer.Options { L2Regularization = 0.01f, NumberOfThreads = 1, Shuffle = false, MaximumNumberOfIterations = 50 });

    private IDataView Iris => TrainingData.Load(_ml, "iris.csv", "none").View;

    [TestMethod]
    public void Averaged_perceptron_separates_the_gaussians_as_well_as_ML_NETs()
    {
        var metrics = _ml.BinaryClassification.EvaluateNonCalibrated(_ml.BinaryClassification.Trainers.AveragedPerceptron().Fit(Gaussians).Transform(Gaussians));
        Assert.AreEqual(0.91, metrics.Accuracy, 0.02);
        Assert.AreEqual(0.978, metrics.AreaUnderRocCurve, 0.002);
    }

    [TestMethod]
    public void One_versus_all_learns_iris_and_its_scores_are_probabilities()
    {
        var model = _ml.MulticlassClassification.Trainers.OneVersusAll(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 0.1f)).Fit(Iris);
        IDataView scored = model.Transform(Iris);
        Assert.IsGreaterThan(0.94, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        Assert.IsTrue(scored.GetColumn<float[]>("Score").All(scores => Math.Abs(scores.Sum() - 1) < 1e-5));
    }

    [TestMethod]
    public void Platt_scaling_recovers_the_curve_that_drew_the_labels()
    {
        Random random = new(3);
        IDataView rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20_000).Select(_ => (float)(6 * random.NextDouble() - 3))
            .Select(score => new { Score = score, Label = random.NextDouble() < 1 / (1 + Math.Exp(-(2 * score) + 0.5)) }).ToArray());
        var calibrator = ((ISingleFeaturePredictionTransformer<Microsoft.ML.Calibrators.PlattCalibrator>)_ml.BinaryClassification.Calibrators.Platt().Fit(rows)).Model;
        Assert.AreEqual(-2, calibrator.Slope, 0.1);
        Assert.AreEqual(0.5, calibrator.Offset, 0.1);
    }

    [TestMethod]
    public void Cross_validation_tests_every_row_once_for_each_task()
    {
        var binary = _ml.BinaryClassification.CrossValidate(Gaussians, _ml.BinaryClassification.Trainers.LbfgsLogisticRegression(), 4);
        Assert.HasCount(4, binary);
        Assert.AreEqual(0.187, binary.Average(fold => fold.Metrics.LogLoss) * Math.Log(2), 0.01);
        Assert.AreEqual(1400, binary.Sum(fold => fold.ScoredHoldOutSet.GetColumn<bool>("Label").Count()));

        var multiclass = _ml.MulticlassClassification.CrossValidate(Iris, _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(), 3);
        Assert.IsGreaterThan(0.9, multiclass.Average(fold => fold.Metrics.MicroAccuracy));

        var regression = _ml.Regression.CrossValidate(Line(), Regression, 3);
        Assert.IsGreaterThan(0.95, regression.Average(fold => fold.Metrics.RSquared));
    }

    [TestMethod]
    public void Permutation_importance_finds_the_feature_that_matters_for_each_task()
    {
        BinaryPredictionTransformer<LinearBinaryModelParameters> perceptron = _ml.BinaryClassification.Trainers.AveragedPerceptron("Positive").Fit(Line());
        var binary = _ml.BinaryClassification.PermutationFeatureImportance(perceptron, Line(), "Positive", permutationCount: 3);
        Assert.AreEqual(0, binary[0].Accuracy.Mean, 0.05);
        Assert.IsLessThan(-0.3, binary[1].Accuracy.Mean);
        Assert.AreEqual(3, binary[1].AreaUnderRocCurve.Count);

        var entropy = _ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy("Class").Fit(Line());
        var multiclass = _ml.MulticlassClassification.PermutationFeatureImportance(entropy, Line(), "Class");
        Assert.IsLessThan(multiclass[0].MicroAccuracy.Mean - 0.2, multiclass[1].MicroAccuracy.Mean);

        var sdca = Regression.Fit(Line());
        var regression = _ml.Regression.PermutationFeatureImportance(sdca, Line(), permutationCount: 2);
        Assert.AreEqual(0, regression[0].RSquared.Mean, 0.05);
        Assert.IsLessThan(-0.5, regression[1].RSquared.Mean);
    }

    /// <summary>The second feature tells number, sign and class.</summary>
    private IDataView Line() => _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 400).Select(i => (X: MathF.Sin(i), Y: i * 7 % 400 / 200f - 1))
        .Select(row => new LineRow { Features = [row.X, row.Y], Label = 3 * row.Y + 0.01f * row.X, Positive = row.Y > 0, Class = row.Y < -0.3f ? 0u : row.Y < 0.3f ? 1u : 2u }));

    private sealed class LineRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public bool Positive { get; set; }

        [KeyType(3)]
        public uint Class { get; set; }
    }
}
