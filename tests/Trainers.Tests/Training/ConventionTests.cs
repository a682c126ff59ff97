using EE569.Engine.Optimizers;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>The conversions of penalties and learning rates that docs/trainers.md gives.</summary>
[TestClass]
public class ConventionTests
{
    [TestMethod]
    public void L2_of_LBFGS_divided_by_twice_the_rows_gives_the_same_weights()
    {
        var ml = new MLContext(seed: 1);
        var rows = TestData.Gaussians();
        var data = ml.Data.LoadFromEnumerable(rows);
        var lbfgs = ml.BinaryClassification.Trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 20, optimizationTolerance: 1e-10f).Fit(data).Model.SubModel;
        var ours = ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            L2Regularization = 20 / (2.0 * rows.Count),
            BatchSize = rows.Count,
            LearningRate = 0.05,
            NumberOfEpochs = 2000,
            ConvergenceTolerance = null,
        }).Fit(data).Model.SubModel;
        Assert.AreEqual(lbfgs.Weights[0], ours.Weights[0], 1e-3);
        Assert.AreEqual(lbfgs.Weights[1], ours.Weights[1], 1e-3);
        Assert.AreEqual(lbfgs.Bias, ours.Bias, 1e-3);
    }

    [TestMethod]
    public void L2_of_maximum_entropy_is_converted_in_the_same_way()
    {
        var ml = new MLContext(seed: 1);
        var data = TestData.IrisView(ml);
        var lbfgs = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 3, optimizationTolerance: 1e-10f).Fit(data);
        var ours = ml.MulticlassClassification.Trainers.SoftmaxRegression(new SoftmaxRegressionTrainer.Options
        {
            L2Regularization = 3 / (2.0 * 150),
            BatchSize = 150,
            LearningRate = 0.05,
            NumberOfEpochs = 2000,
            ConvergenceTolerance = null,
        }).Fit(data);
        foreach (var (expected, actual) in TrainerCase.Scores(lbfgs.Transform(data)).Zip(TrainerCase.Scores(ours.Transform(data))))
        {
            Assert.AreEqual(expected, actual, 1e-3);
        }
    }

    [TestMethod]
    public void L2_of_SDCA_divided_by_two_gives_the_same_weights()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromEnumerable(TestData.Gaussians());
        var sdca = ml.BinaryClassification.Trainers.SdcaLogisticRegression(new Microsoft.ML.Trainers.SdcaLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = 0,
            L2Regularization = 0.02f,
            NumberOfThreads = 1,
            MaximumNumberOfIterations = 200,
            ConvergenceTolerance = 1e-6f,
        }).Fit(data).Model.SubModel;
        var ours = ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            L2Regularization = 0.01,
            BatchSize = int.MaxValue,
            LearningRate = 0.05,
            NumberOfEpochs = 2000,
            ConvergenceTolerance = null,
        }).Fit(data).Model.SubModel;
        Assert.AreEqual(sdca.Weights[0], ours.Weights[0], 5e-3);
        Assert.AreEqual(sdca.Weights[1], ours.Weights[1], 5e-3);
    }

    [TestMethod]
    public void A_step_of_SGD_decays_a_weight_by_twice_lambda_times_the_rate_as_half_the_weight_decay_of_PyTorch_does()
    {
        const double WeightDecay = 0.1;
        const double Rate = 0.5;
        var ml = new MLContext(seed: 1);
        var data = TrainerCase.Data(ml, TrainerCase.Logistic);
        var start = ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(numberOfEpochs: 5).Fit(data).Model;
        float[] Step(double lambda) => [.. ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            L2Regularization = lambda,
            Optimizer = new SGD<float>(),
            LearningRate = Rate,
            BatchSize = int.MaxValue,
            NumberOfEpochs = 1,
        }).Fit(data, start).Model.SubModel.Weights];
        foreach (var ((decayed, free), weight) in Step(WeightDecay / 2).Zip(Step(0)).Zip(start.SubModel.Weights))
        {
            Assert.AreEqual(-Rate * WeightDecay * weight, decayed - free, 1e-6); // torch.optim.SGD: p -= lr (gradient + weight_decay p)
        }
    }

    [TestMethod]
    public void The_first_step_of_SGD_is_the_rate_times_the_gradient_of_the_mean_loss()
    {
        const double Rate = 0.5;
        var ml = new MLContext(seed: 1);
        var rows = TestData.Gaussians();
        var weights = ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(new MiniBatchLogisticRegressionTrainer.Options
        {
            L2Regularization = 0,
            Optimizer = new SGD<float>(),
            LearningRate = Rate,
            BatchSize = int.MaxValue,
            NumberOfEpochs = 1,
        }).Fit(ml.Data.LoadFromEnumerable(rows)).Model.SubModel.Weights;
        for (int feature = 0; feature < 2; feature++)
        {
            // At w = 0 every probability is 1/2, so the mean gradient is the mean of (1/2 - y) x.
            Assert.AreEqual(-Rate * rows.Average(row => (0.5 - (row.Label ? 1 : 0)) * row.Features[feature]), weights[feature], 1e-6);
        }
    }
}
