using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>The conversion between penalties that docs/trainers.md gives.</summary>
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
}
