using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>The learning-rate sweep of a trainer.</summary>
[TestClass]
public class LearningRateTests
{
    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void The_sweep_suggests_a_rate_and_fits_nothing(string trainer)
    {
        var ml = new MLContext(seed: 1);
        var estimator = TrainerCase.Create(ml, trainer);
        LearningRateSweep sweep = estimator.FindLearningRate(TrainerCase.Data(ml, trainer), new LearningRateFinder<float> { Minimum = 1e-5, NumberOfSteps = 60 });

        Assert.IsInRange(1e-6, 10, sweep.Suggestion);
        Assert.IsGreaterThan(10, sweep.Points.Count);
        Assert.IsNull(estimator.LastHistory);
    }
}
