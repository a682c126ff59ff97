using EE569.Engine.Activations;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace EE569.Trainers.Tests;

/// <summary>The simple overloads in a pipeline: fit, transform, evaluate, save and load.</summary>
[TestClass]
public class ThinLineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Logistic_regression_gives_MLNet_own_model_as_accurate_as_LBFGS()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Gaussians());
        BinaryPredictionTransformer<CalibratedModelParametersBase<LinearBinaryModelParameters, PlattCalibrator>> model =
            _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression().Fit(data);
        var ours = _ml.BinaryClassification.Evaluate(model.Transform(data));
        var lbfgs = _ml.BinaryClassification.Evaluate(_ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 0).Fit(data).Transform(data));
        Assert.AreEqual(lbfgs.Accuracy, ours.Accuracy, 0.01);
        Assert.IsLessThan(lbfgs.LogLoss * 1.02, ours.LogLoss);
    }

    [TestMethod]
    public void Softmax_regression_gives_MLNet_own_model_as_accurate_as_LBFGS()
    {
        var data = TestData.IrisView(_ml);
        MulticlassPredictionTransformer<MaximumEntropyModelParameters> model = _ml.MulticlassClassification.Trainers.SoftmaxRegression().Fit(data);
        var ours = _ml.MulticlassClassification.Evaluate(model.Transform(data));
        var lbfgs = _ml.MulticlassClassification.Evaluate(_ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy().Fit(data).Transform(data));
        Assert.IsGreaterThanOrEqualTo(lbfgs.MicroAccuracy - 0.01, ours.MicroAccuracy);
    }

    [TestMethod]
    public void A_softmax_network_learns_iris_in_a_pipeline_that_names_the_classes()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Iris());
        var pipeline = _ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(_ml.Transforms.NormalizeMeanVariance("Features", fixZero: false))
            .Append(_ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [16], learningRate: 0.01))
            .Append(_ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var scored = pipeline.Fit(data).Transform(data);
        Assert.IsGreaterThanOrEqualTo(0.96, _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        CollectionAssert.IsSubsetOf(scored.GetColumn<string>("PredictedLabel").Distinct().ToArray(), new[] { "setosa", "versicolor", "virginica" });
    }

    [TestMethod]
    public void A_logistic_network_separates_rings_that_no_line_separates()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Rings());
        var linear = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression().Fit(data);
        var network = _ml.BinaryClassification.Trainers.LogisticMlp(hiddenLayers: [16], activation: Activation.Tanh, learningRate: 0.02).Fit(data);
        Assert.IsLessThan(0.7, _ml.BinaryClassification.Evaluate(linear.Transform(data)).Accuracy);
        Assert.IsGreaterThan(0.99, _ml.BinaryClassification.Evaluate(network.Transform(data)).Accuracy);
    }

    [TestMethod]
    public void A_regression_network_follows_a_wave_that_a_line_cannot()
    {
        var data = _ml.Data.LoadFromEnumerable(TestData.Waves());
        var model = _ml.Regression.Trainers.MlpRegression(hiddenLayers: [32], activation: Activation.Tanh, learningRate: 0.02, numberOfEpochs: 200).Fit(data);
        Assert.IsGreaterThan(0.99, _ml.Regression.Evaluate(model.Transform(data)).RSquared);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_saved_and_loaded_model_predicts_the_same(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        _ml.Model.Save(model, data.Schema, folder.File("model.zip"));
        var loaded = new MLContext().Model.Load(folder.File("model.zip"), out _);
        var before = TrainerCase.Scores(model.Transform(data));
        var after = TrainerCase.Scores(loaded.Transform(data));
        double tolerance = trainer is TrainerCase.Logistic or TrainerCase.Softmax ? 0 : 1e-6;
        Assert.HasCount(before.Length, after);
        for (int i = 0; i < before.Length; i++)
        {
            Assert.AreEqual(before[i], after[i], tolerance * Math.Max(1, Math.Abs(before[i])));
        }
    }
}
