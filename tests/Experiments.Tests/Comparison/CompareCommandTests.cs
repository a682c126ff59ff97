using System.Globalization;
using System.Text.Json;
using EE569.Experiments.Comparison;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Tests.Comparison;

/// <summary>compare on a table of one's own: a rare class, numbers to predict, some of the learners only.</summary>
[TestClass]
public sealed class CompareCommandTests
{
    [TestMethod]
    public async Task Twenty_positives_of_two_hundred_rows_are_compared_by_every_learner_and_fewer_than_folds_are_named()
    {
        using var folder = new TemporaryFolder();
        string Rare(int positives) => folder.File($"rare{positives}.csv", "x,y,label\n" + string.Concat(Enumerable.Range(0, 200).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i) + (i < positives ? 1 : 0)},{Math.Cos(i)},{(i < positives ? "yes" : "no")}\n"))));
        ProgramRun run = await ProgramRun.Of("compare", "--data", Rare(20), "--label", "label", "--folds", "2", "--json", "--trainers", "MiniBatchLogisticRegression", "LbfgsLogisticRegression", "FastTree", "LightGbm");

        Assert.AreEqual(0, run.ExitCode, run.Error);
        JsonElement[] scores = [.. JsonDocument.Parse(run.Output).RootElement[0].GetProperty("scores").EnumerateArray()];
        Assert.HasCount(4, scores);
        foreach (JsonElement learner in scores)
        {
            Assert.AreEqual(200, learner.GetProperty("confusion").EnumerateArray().Sum(row => row.EnumerateArray().Sum(count => count.GetInt32())));
            Assert.IsTrue(learner.GetProperty("metrics").GetProperty("AUC").EnumerateArray().All(value => double.IsFinite(value.GetDouble())));
        }

        Assert.Contains("'yes' of rare4 has 4 rows, fewer than there are folds: name --folds 4", await ProgramRun.ErrorOf("compare", "--data", Rare(4), "--label", "label"));
    }

    [TestMethod]
    public async Task Numbers_are_compared_in_their_own_unit_and_warnings_are_told()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("line.csv", "x,z,price\n" + string.Concat(Enumerable.Range(0, 300).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{i},{i * 37 % 19},{100_000 + (500 * i) + (i * 7919 % 1000)}\n"))));
        string[] arguments = ["compare", "--data", file, "--label", "price", "--task", "regression", "--folds", "2", "--trainers", "Ols", "LightGbm"];
        ProgramRun text = await ProgramRun.Of(arguments), json = await ProgramRun.Of([.. arguments, "--json"]);

        Assert.AreEqual(0, text.ExitCode, text.Error);
        Assert.Contains("300 rows, numbers; ", text.Output);
        Assert.Contains("compare: 28 steps", text.Error, "two learners, seven repetitions, two folds");
        JsonElement ols = JsonDocument.Parse(json.Output).RootElement[0].GetProperty("scores")[0];
        Assert.AreEqual("Ols", ols.GetProperty("learner").GetString());
        Assert.AreEqual(600, ols.GetProperty("metrics").GetProperty("RMSE").EnumerateArray().Average(value => value.GetDouble()), 310, "in the label's unit: noise of 289, and the preparation bends the straight line a little");
        Assert.AreEqual(JsonValueKind.Array, ols.GetProperty("warnings").ValueKind);
        Assert.Contains("None of the --trainers named learns the label 'price'", await ProgramRun.ErrorOf([.. arguments[..^2], "SoftmaxMlp"]));
    }

    [TestMethod]
    public void Least_squares_finds_the_plane_though_one_feature_is_the_others_twin()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).Select(i => new Row { Label = (2 * i) - (i * i) + 3, Features = [i, i * i, i] }),
            SchemaDefinition.Create(typeof(Row)));
        IDataView scored = new OrdinaryLeastSquares(ml, "Label", "Features").Fit(data).Transform(data);

        foreach ((float label, float score) in data.GetColumn<float>("Label").Zip(scored.GetColumn<float>("Score")))
        {
            Assert.AreEqual(label, score, 1e-3);
        }
    }

    [TestMethod]
    public void The_difference_of_two_learners_is_tested_with_the_corrected_t()
    {
        DataSetComparison data = new("toy", [], 40, [Scores("Ours", true, [1, 2, 3, 2]), Scores("Other", false, [2, 4, 6, 4])]);
        object?[] row = ComparisonTables.RmseDifferences([data]).Rows.Single();

        // Differences -1, -2, -3, -2: mean -2, deviation sqrt(2/3), error sqrt(2/3 (1/4 + 1/1)), t = -2.19 with three degrees of freedom.
        Assert.AreEqual(-2.0, (double)row[3]!, 1e-12);
        Assert.AreEqual(Math.Sqrt(2.0 / 3 * 1.25), (double)row[4]!, 1e-12);
        Assert.AreEqual(0.1161, (double)row[5]!, 2e-3);
        Assert.AreEqual("no difference", row[6]);

        static LearnerScores Scores(string name, bool isOurs, double[] errors) =>
            new(name, isOurs, Folds: 2, new Dictionary<string, double[]> { [DataSetComparison.RootMeanSquaredError] = errors }, [1, 1, 1, 1], [1, 1, 1, 1], [], []);
    }

    private sealed class Row
    {
        public float Label { get; set; }

        [VectorType(3)]
        public float[] Features { get; set; } = [];
    }
}
