using System.Text.Json;
using EE569.Experiments.Statistics;

namespace EE569.Experiments.Tests.Statistics;

/// <summary>Golden/statistics.json holds figures from SciPy and statsmodels' formulas.</summary>
[TestClass]
public sealed class StatisticsTests
{
    private static readonly JsonElement Golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "statistics.json"))).RootElement;

    [TestMethod]
    public void McNemar_agrees_with_the_golden_figures()
    {
        JsonElement golden = Golden.GetProperty("mcnemar");
        var test = new McNemarTest(golden.GetProperty("first_only_right").GetInt32(), golden.GetProperty("second_only_right").GetInt32());

        Assert.AreEqual(golden.GetProperty("exact_p").GetDouble(), test.ExactP, 1e-12);
        Assert.AreEqual(golden.GetProperty("chi2_corrected").GetDouble(), test.ChiSquared, 1e-12);
        Assert.AreEqual(golden.GetProperty("chi2_p").GetDouble(), test.ChiSquaredP, 1e-10);
    }

    [TestMethod]
    public void McNemar_counts_only_where_exactly_one_is_right()
    {
        McNemarTest test = McNemarTest.From([true, true, false, false, true], [true, false, true, false, false]);

        Assert.AreEqual(new McNemarTest(2, 1), test);
    }

    [TestMethod]
    public void McNemar_is_symmetric_and_says_nothing_when_the_classifiers_agree()
    {
        Assert.AreEqual(new McNemarTest(3, 9).ExactP, new McNemarTest(9, 3).ExactP, 1e-15);
        Assert.AreEqual(1.0, new McNemarTest(0, 0).ExactP);
        Assert.AreEqual(1.0, new McNemarTest(4, 4).ExactP);
        Assert.AreEqual(0.0, new McNemarTest(0, 0).ChiSquared);
    }

    [TestMethod]
    public void McNemar_refuses_answers_to_different_examples() =>
        Assert.ThrowsExactly<ArgumentException>(() => McNemarTest.From([true], [true, false]));

    [TestMethod]
    public void Wilson_intervals_agree_with_the_golden_figures()
    {
        foreach (JsonElement golden in Golden.GetProperty("wilson_95").EnumerateArray())
        {
            WilsonInterval interval = WilsonInterval.For(golden.GetProperty("right").GetInt32(), golden.GetProperty("n").GetInt32());

            Assert.AreEqual(golden.GetProperty("low").GetDouble(), interval.Low, 1e-9);
            Assert.AreEqual(golden.GetProperty("high").GetDouble(), interval.High, 1e-9);
        }
    }

    [TestMethod]
    public void Wilson_refuses_impossible_counts()
    {
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => WilsonInterval.For(1, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => WilsonInterval.For(3, 2));
    }

    [TestMethod]
    public void A_sample_has_the_textbook_mean_and_deviation()
    {
        Sample sample = Sample.Of([2, 4, 4, 4, 5, 5, 7, 9]);

        Assert.AreEqual(5, sample.Mean, 1e-12);
        Assert.AreEqual(Math.Sqrt(32.0 / 7), sample.Deviation, 1e-12);
        Assert.AreEqual(0, Sample.Of([3]).Deviation);
        Assert.ThrowsExactly<ArgumentException>(() => Sample.Of([]));
    }

    [TestMethod]
    public void The_error_of_a_cross_validated_mean_adds_the_share_of_test_to_training_rows()
    {
        double[] twoRepetitionsOfFourFolds = [2, 4, 4, 4, 5, 5, 7, 9];

        CrossValidatedMean mean = CrossValidatedMean.Of(twoRepetitionsOfFourFolds, folds: 4);

        Assert.AreEqual(5, mean.Mean, 1e-12);
        Assert.AreEqual(Math.Sqrt(32.0 / 7 * (1.0 / 8 + 1.0 / 3)), mean.StandardError, 1e-12);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => CrossValidatedMean.Of([1, 2], folds: 1));
    }
}
