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

    /// <summary>The upper tail of the chi-squared distribution, to 50 digits by mpmath's erfc: 1 - CDF is 0 from a statistic of 75 on.</summary>
    [TestMethod]
    [DataRow(1010, 10, 978.43235294117647, 8.7568118993108118e-215)]
    [DataRow(30, 5, 16.457142857142857, 4.9762334879074128e-5)]
    [DataRow(7, 3, 0.9, 0.34278171114791139)]
    public void The_tail_keeps_its_digits(int first, int second, double statistic, double p)
    {
        var test = new McNemarTest(first, second);

        Assert.AreEqual(statistic, test.ChiSquared, 1e-12 * statistic);
        Assert.AreEqual(1, test.ChiSquaredP / p, 1e-12);
        Assert.IsGreaterThan(0, test.ExactP);
    }

    [TestMethod]
    public void The_exact_p_of_one_sided_answers_is_a_power_of_two()
    {
        foreach (int answers in new[] { 1, 10, 100, 1000 })
        {
            Assert.AreEqual(1, new McNemarTest(answers, 0).ExactP / Math.Pow(2, 1 - answers), 1e-11);
        }
    }

    [TestMethod]
    public void The_log_loss_of_probabilities_0_and_1_is_finite()
    {
        Assert.AreEqual(-Math.Log(0.25), LogLoss.Of([0.5, 0.125]), 1e-15);
        Assert.AreEqual(23 * Math.Log(2), LogLoss.Of([0]), 1e-12, "clipped to the distance from 1 to the next float");
        Assert.AreEqual(Math.Pow(2, -23), LogLoss.Of([1]), 1e-13);
        Assert.IsTrue(double.IsNaN(LogLoss.Of([double.NaN])));
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
