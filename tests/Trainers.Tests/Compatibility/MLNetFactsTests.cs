using EE569.Trainers.Tests.Support;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Compatibility;

/// <summary>What code and guide take for granted of ML.NET; its trainers' penalties are in ConventionTests, its schemas and errors in Schema.</summary>
[TestClass]
public class MLNetFactsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void NormalizeMeanVariance_divides_by_the_root_mean_square_unless_fixZero_is_false()
    {
        float[] x = [3, 5, 10, 14];
        double mean = x.Average(value => (double)value);
        double variance = x.Average(value => Math.Pow(value - mean, 2));
        AssertScaled(Scaled(x), value => value / Math.Sqrt((mean * mean) + variance));
        AssertScaled(Scaled(x, fixZero: false), value => (value - mean) / Math.Sqrt(variance));

        void AssertScaled(float[] scaled, Func<double, double> formula)
        {
            foreach (var (value, actual) in x.Zip(scaled))
            {
                Assert.AreEqual(formula(value), actual, 1e-6);
            }
        }
    }

    [TestMethod]
    public void NormalizeMeanVariance_measures_the_first_maximumExampleCount_rows_and_makes_a_constant_zero()
    {
        float[] scaled = Scaled([1, 3, 100], fixZero: false, maximumExampleCount: 2);
        CollectionAssert.AreEqual(new float[] { -1, 1, 98 }, scaled);
        CollectionAssert.AreEqual(new float[] { 0, 0, 0 }, Scaled([7, 7, 7], fixZero: false));
    }

    [TestMethod]
    public void A_Platt_calibrator_is_the_logistic_function_of_minus_slope_times_score_minus_offset()
    {
        var random = new Random(3);
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20_000).Select(_ => (6 * random.NextSingle()) - 3)
            .Select(score => new ScoredRow { Score = score, Label = random.NextDouble() < 1 / (1 + Math.Exp(-(2 * score) + 0.5)) }).ToArray());
        var calibrator = ((ISingleFeaturePredictionTransformer<PlattCalibrator>)_ml.BinaryClassification.Calibrators.Platt().Fit(rows)).Model;
        Assert.AreEqual(-2, calibrator.Slope, 0.1);
        Assert.AreEqual(0.5, calibrator.Offset, 0.1);
    }

    [TestMethod]
    public void The_calibrator_of_logistic_regression_is_the_logistic_function_itself()
    {
        var data = TrainerCase.Data(_ml, TrainerCase.Logistic);
        var model = _ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(numberOfEpochs: 5).Fit(data);
        Assert.AreEqual(-1, model.Model.Calibrator.Slope);
        Assert.AreEqual(0, model.Model.Calibrator.Offset);
        foreach (var row in _ml.Data.CreateEnumerable<BinaryResult>(model.Transform(data), reuseRowObject: true))
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
        }
    }

    private float[] Scaled(float[] x, bool? fixZero = null, long maximumExampleCount = 1_000_000_000)
    {
        var rows = _ml.Data.LoadFromEnumerable(x.Select(value => new ScoredRow { Score = value }));
        var estimator = fixZero is { } given
            ? _ml.Transforms.NormalizeMeanVariance("Score", maximumExampleCount: maximumExampleCount, fixZero: given)
            : _ml.Transforms.NormalizeMeanVariance("Score");
        return [.. estimator.Fit(rows).Transform(rows).GetColumn<float>("Score")];
    }

    private sealed class ScoredRow
    {
        public float Score { get; set; }

        public bool Label { get; set; }
    }
}
