using EE569.Engine.Losses;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>The sweep finds a rate that works and leaves no trace.</summary>
[TestClass]
public class LearningRateFinderTests
{
    [TestMethod]
    public void The_suggested_rate_trains_well_and_the_weights_are_put_back()
    {
        Network<float> network = TestData.CircleNetwork<float>();
        float[] before = network.CopyParameters();
        var options = new TrainingOptions<float> { BatchSize = 10, NumberOfEpochs = 60 };

        LearningRateSweep sweep = new LearningRateFinder<float> { Minimum = 1e-4, Maximum = 100 }.Find(network, TestData.Circles<float>(), options);

        CollectionAssert.AreEqual(before, network.CopyParameters());
        Assert.IsTrue(sweep.Suggestion is > 0.01 and < 20, $"suggested {sweep.Suggestion}");
        TrainingResult<float> result = new MiniBatchTrainer<float>(options with { LearningRate = sweep.Suggestion }).Fit(network, TestData.Circles<float>());
        Assert.IsGreaterThan(0.95, result.History[^1].TrainMetric);
    }

    [TestMethod]
    public void The_rates_rise_evenly_in_their_logarithm_up_to_the_blow_up()
    {
        LearningRateSweep sweep = new LearningRateFinder<float> { Minimum = 1e-3, Maximum = 1e6, NumberOfSteps = 90 }
            .Find(TestData.Linear<float>(2, 1, LossFunction.MeanSquaredError), TestData.Line<float>(), new TrainingOptions<float> { BatchSize = 10 });
        Assert.IsTrue(sweep.Points.Count is > 10 and < 90, $"{sweep.Points.Count} points");
        for (int i = 1; i < sweep.Points.Count; i++)
        {
            Assert.AreEqual(Math.Pow(1e9, 1 / 89.0), sweep.Points[i].LearningRate / sweep.Points[i - 1].LearningRate, 1e-9);
            Assert.IsTrue(double.IsFinite(sweep.Points[i].SmoothedLoss));
        }
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        foreach ((string name, LearningRateFinder<float> finder) in new (string, LearningRateFinder<float>)[]
        {
            ("Minimum", new() { Minimum = 0 }),
            ("Maximum", new() { Maximum = 1e-9 }),
            ("NumberOfSteps", new() { NumberOfSteps = 1 }),
            ("StopFactor", new() { StopFactor = 1 }),
        })
        {
            Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => finder.Find(TestData.CircleNetwork<float>(), TestData.Circles<float>(), new())).ParamName);
        }
    }
}
