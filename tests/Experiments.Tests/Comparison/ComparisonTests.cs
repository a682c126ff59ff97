using EE569.Experiments.Comparison;
using EE569.Experiments.Results;

namespace EE569.Experiments.Tests.Comparison;

/// <summary>The tables and figures of a comparison, from scores that can be checked by hand.</summary>
[TestClass]
public sealed class ComparisonTests
{
    /// <summary>Ten rows in two folds: our network is right on all, SDCA on none of the first eight, our linear learner and L-BFGS on the first five.</summary>
    private static readonly DataSetComparison data = new("toy", ["x", "y"], 10,
    [
        Scores("SoftmaxRegression", isOurs: true, [1, 0], [.. Enumerable.Range(0, 10).Select(i => i < 5)], seconds: [0.001, 0.003]),
        Scores("SoftmaxMlp", isOurs: true, [1, 1], [.. Enumerable.Repeat(true, 10)], seconds: [0.01, 0.01]),
        Scores("SdcaMaximumEntropy", isOurs: false, [0, 0.4], [.. Enumerable.Range(0, 10).Select(i => i >= 8)], seconds: [0.02, 0.04]),
        Scores("LbfgsMaximumEntropy", isOurs: false, [0.8, 0.2], [.. Enumerable.Range(0, 10).Select(i => i < 5)], seconds: [0.002, 0.002]),
    ]);

    [TestMethod]
    public void Metrics_are_means_and_standard_errors_over_the_folds()
    {
        object?[] row = ComparisonTables.Metrics(data).Rows[0];

        // Accuracies 1 and 0: mean 0.5, deviation sqrt(1/2), standard error sqrt(1/2) sqrt(1/2 + 1/1).
        Assert.AreEqual("SoftmaxRegression", row[0]);
        Assert.AreEqual(0.5, (double)row[1]!, 1e-12);
        Assert.AreEqual(Math.Sqrt(0.75), (double)row[2]!, 1e-12);
        Assert.AreEqual(2.0, (double)row[3]!, 1e-12, "milliseconds to train");
    }

    [TestMethod]
    public void McNemar_counts_the_rows_that_one_alone_has_right()
    {
        Table table = ComparisonTables.McNemar([data]);

        // Eight against none: p = 2 / 2^8; five against none: p = 2 / 2^5 = 0.0625.
        CollectionAssert.AreEqual(new object[] { "toy", "SoftmaxMlp", "SdcaMaximumEntropy", 8, 0 }, table.Rows[2].Take(5).ToArray());
        Assert.AreEqual(2 / 256.0, (double)table.Rows[2][5]!, 1e-12);
        Assert.AreEqual("ours is better", table.Rows[2][6]);
        CollectionAssert.AreEqual(new object[] { "toy", "SoftmaxMlp", "LbfgsMaximumEntropy", 5, 0 }, table.Rows[3].Take(5).ToArray());
        Assert.AreEqual("no difference", table.Rows[3][6]);
    }

    [TestMethod]
    public void Confusion_matrix_has_a_row_for_each_actual_class_and_its_recall()
    {
        Table table = ComparisonTables.ConfusionMatrix(data, data.Sdca);

        CollectionAssert.AreEqual(new object[] { "x", 1, 4, 0.2 }, table.Rows[0]);
        CollectionAssert.AreEqual(new object[] { "y", 4, 1, 0.2 }, table.Rows[1]);
    }

    [TestMethod]
    public void Figures_tell_what_the_scores_say()
    {
        Figure[] figures = [.. ComparisonFigures.All([data])];

        CollectionAssert.AreEqual(new[] { "accuracy", "times", "confusion-toy" }, figures.Select(figure => figure.Id).ToArray());
        Assert.Contains("On 1 of 1 data sets both of our learners", figures[0].Finding);
        Assert.Contains("faster than SDCA on 1 of 1", figures[1].Finding);
        Assert.Contains("SoftmaxMlp makes no mistake", figures[2].Finding);
        object?[] sdca = figures[1].Data.Single().Rows[2];
        CollectionAssert.AreEqual(new[] { 30.0, 20, 40 }, sdca.Skip(2).Take(3).Select(cell => Math.Round((double)cell!, 9)).ToArray(), "mean, least and greatest milliseconds");
    }

    private static LearnerScores Scores(string name, bool isOurs, double[] accuracies, bool[] right, double[] seconds)
    {
        // Half of the rows are of each class; a row that is not right is taken for the other one.
        int rightRows = right.Count(value => value), first = (rightRows + 1) / 2, second = rightRows / 2;
        return new LearnerScores(name, isOurs, Folds: 2, new Dictionary<string, double[]> { [DataSetComparison.Accuracy] = accuracies }, seconds, [0.001, 0.001], right,
            [[first, 5 - first], [5 - second, second]]);
    }
}
