using System.Globalization;
using System.Text.Json;
using EE569.Experiments.Prediction;
using EE569.Experiments.Statistics;
using EE569.Experiments.Tests.Report;
using Microsoft.ML;
using Microsoft.Playwright;

namespace EE569.Experiments.Tests.Commands;

/// <summary>evaluate, predict --keep and inspect on small models: every figure by hand or by ML.NET, and what is not defined is said.</summary>
[TestClass]
public sealed class EvaluateTests
{
    /// <summary>A model of two numbers and a category for three classes, and one for a number.</summary>
    private static readonly TemporaryFolder folder = new();

    private static string classes = "", numbers = "";

    [ClassInitialize]
    public static async Task Train(TestContext context)
    {
        _ = context;
        string file = folder.File("three.csv", Rows(150)), line = folder.File("line.csv", "x,noise,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i * 37 % 11},{3 * i}\n")));
        (classes, numbers) = (Path.Combine(folder.Path, "classes"), Path.Combine(folder.Path, "numbers"));
        await ProgramRun.Of("train", "--data", file, "--label", "kind", "--categorical", "color", "--ignore", "id", "--epochs", "20", "--out", classes);
        await ProgramRun.Of("train", "--data", line, "--label", "y", "--trainer", "mlp-regression", "--epochs", "60", "--out", numbers);
    }

    [ClassCleanup]
    public static void Delete() => folder.Dispose();

    [TestMethod]
    public void Figures_of_two_classes_are_those_by_hand()
    {
        // Rows of b with .9, .6, .3 and of a with .6, .2: five of six pairs are in order, one of them a tie.
        float[] second = [0.9f, 0.6f, 0.3f, 0.6f, 0.2f];
        var evaluation = new ClassEvaluation(["a", "b"], [1, 1, 1, 0, 0], [1, 1, 0, 1, 0], [.. second.Select(p => new[] { 1 - p, p })]);

        Assert.AreEqual(4.5 / 6, evaluation.Auc!.Value, 1e-12);
        Assert.AreEqual((1 + (2.0 / 3) + (3.0 / 4)) / 3, evaluation.Auprc!.Value, 1e-12);
        Assert.AreEqual(2.0 / 3, evaluation.PerClass[1].F1!.Value, 1e-12);
        Assert.AreEqual((0.01 + 0.16 + 0.49 + 0.36 + 0.04) / 5, evaluation.Brier, 1e-7);
        Assert.AreEqual((0.5 + (2.0 / 3)) / 2, evaluation.Macro.Precision, 1e-12);
        Assert.AreEqual((0.1 + 0.2 + 0.7 + 0.2) / 5, evaluation.Calibration.ExpectedError, 1e-7, "|1 - .9|, two rows of .6 half right, |1 - .3|, |0 - .2|");
        Assert.IsEmpty(evaluation.Notes);
    }

    [TestMethod]
    public void The_area_under_the_ROC_curve_is_MLNETs()
    {
        var random = new Random(1);
        Scored[] rows = [.. Enumerable.Range(0, 500).Select(i => new Scored { Label = i % 3 == 0, Score = MathF.Round((float)random.NextDouble() + (i % 3 == 0 ? 0.3f : 0), 2) })];
        var ml = new MLContext(seed: 1);
        double expected = ml.BinaryClassification.EvaluateNonCalibrated(ml.Data.LoadFromEnumerable(rows)).AreaUnderRocCurve;

        Assert.AreEqual(expected, RankingCurve.Of([.. rows.Select(row => row.Score)], [.. rows.Select(row => row.Label)]).Auc!.Value, 1e-12);
    }

    [TestMethod]
    public void Figures_of_numbers_are_those_by_hand()
    {
        var evaluation = new NumberEvaluation([1, 2, 3, 6], [1, 3, 3, 3]);

        Assert.AreEqual(1, evaluation.MeanAbsoluteError, 1e-12);
        Assert.AreEqual(Math.Sqrt(2.5), evaluation.RootMeanSquaredError, 1e-12);
        Assert.AreEqual(0.5, evaluation.MedianAbsoluteError, 1e-12);
        Assert.AreEqual(0.5, evaluation.MeanResidual, 1e-12);
        Assert.AreEqual(1 - (10.0 / 14), evaluation.RSquared!.Value, 1e-12);
    }

    [TestMethod]
    [DataRow(1, "All rows are of class 'a'")]
    [DataRow(2, "No row is of class 'c'")]
    public async Task What_is_not_defined_on_few_rows_is_said_and_no_number_is_NaN(int rows, string said)
    {
        string file = folder.File($"few{rows}.csv", Rows(rows));
        string[] arguments = ["evaluate", "--model", Path.Combine(classes, "model.zip"), "--data", file, "--label", "kind"];
        ProgramRun text = await ProgramRun.Of([.. arguments, "--out", Path.Combine(folder.Path, $"page{rows}")]), json = await ProgramRun.Of([.. arguments, "--json"]);

        Assert.AreEqual(0, text.ExitCode, text.Error);
        Assert.Contains(said, text.Error);
        Assert.DoesNotContain("NaN", text.Output + json.Output);
        JsonElement figures = JsonDocument.Parse(json.Output).RootElement;
        Assert.AreEqual(rows == 1 ? JsonValueKind.Null : JsonValueKind.Number, figures.GetProperty("auc").ValueKind);
        Assert.Contains(said, figures.GetProperty("warnings")[0].GetString()!);
    }

    [TestMethod]
    public async Task Numbers_of_one_row_have_errors_and_no_R2()
    {
        ProgramRun run = await ProgramRun.Of("evaluate", "--model", Path.Combine(numbers, "model.zip"), "--data", folder.File("one.csv", "x,noise,y\n5,1,15\n"), "--label", "y", "--json", "--out", Path.Combine(folder.Path, "one"));

        JsonElement figures = JsonDocument.Parse(run.Output).RootElement;
        Assert.AreEqual(JsonValueKind.Null, figures.GetProperty("r2").ValueKind);
        Assert.IsTrue(double.IsFinite(figures.GetProperty("rmse").GetDouble()));
        Assert.Contains("R2", figures.GetProperty("warnings")[0].GetString()!);
    }

    [TestMethod]
    [DataRow("classes", ColorScheme.Light, 4)]
    [DataRow("numbers", ColorScheme.Dark, 2)]
    public async Task A_browser_without_network_draws_the_page(string model, ColorScheme scheme, int charts)
    {
        string page = Path.Combine(folder.Path, $"page-{model}"), label = model == "classes" ? "kind" : "y", data = model == "classes" ? "three.csv" : "line.csv";
        ProgramRun run = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, model, "model.zip"), "--data", Path.Combine(folder.Path, data), "--label", label, "--out", page);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        await using BrowserPage opened = await BrowserPage.Open(Path.Combine(page, "evaluation.html"), width: 900, scheme);

        Assert.IsEmpty(opened.Complaints, string.Join('\n', opened.Complaints));
        Assert.AreEqual(charts, await opened.Page.Locator(".chart[data-state=drawn]").CountAsync());
        IReadOnlyList<string> faults = await opened.AccessibilityFaults();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public async Task Kept_columns_stand_before_the_predictions_as_they_are_written()
    {
        string model = Path.Combine(classes, "model.zip"), file = folder.File("keep.csv", "id,x,z,color,kind,PredictedLabel\n00017,16777217.0,1.50,red,a,old\n");
        ProgramRun csv = await ProgramRun.Of("predict", "--model", model, "--data", file, "--keep", "id,z", "--keep", "x", "PredictedLabel");
        ProgramRun json = await ProgramRun.Of("predict", "--model", model, "--data", file, "--keep", "id", "--json");

        string[] lines = csv.Output.Split('\n');
        Assert.StartsWith("id,z,x,PredictedLabel 2,PredictedLabel,Probability a,", lines[0]);
        Assert.StartsWith("00017,1.50,16777217.0,old,", lines[1]);
        Assert.AreEqual("00017", JsonDocument.Parse(json.Output).RootElement[0].GetProperty("id").GetString());
        string gaps = folder.File("gaps.csv", "id,x,z,color,note\n1,?,0.5,red,NA\n2,1,0.5,red,ok\n");
        Assert.Contains("?,NA,", (await ProgramRun.Of("predict", "--model", model, "--data", gaps, "--keep", "x,note")).Output, "as it is written, missing or not");
        Assert.Contains("no column 'name'", await ProgramRun.ErrorOf("predict", "--model", model, "--data", file, "--keep", "id,name"));
    }

    [TestMethod]
    public async Task Inspect_tells_classes_kinds_preparation_and_what_matters()
    {
        string model = Path.Combine(classes, "model.zip"), data = Path.Combine(folder.Path, "three.csv");
        ProgramRun run = await ProgramRun.Of("inspect", "--model", model, "--data", data, "--label", "kind", "--json");

        JsonElement described = JsonDocument.Parse(run.Output).RootElement;
        CollectionAssert.AreEqual(new[] { "a", "b", "c" }, described.GetProperty("classes").EnumerateArray().Select(row => row.GetProperty("class").GetString()).ToArray());
        JsonElement color = described.GetProperty("columns").EnumerateArray().Single(row => row.GetProperty("column").GetString() == "color");
        Assert.AreEqual("category", color.GetProperty("kind").GetString());
        Assert.Contains("slots)", color.GetProperty("preparation").GetString()!);
        JsonElement[] importance = [.. described.GetProperty("importance").EnumerateArray()];
        Assert.AreEqual("x", importance[0].GetProperty("column").GetString());
        Assert.IsGreaterThan(0.5, importance[0].GetProperty("rise of log-loss (nats)").GetDouble());
        Assert.IsLessThan(0.1, importance[^1].GetProperty("rise of log-loss (nats)").GetDouble());
        Assert.Contains("belong together", await ProgramRun.ErrorOf("inspect", "--model", model, "--data", data));
    }

    /// <summary>x tells the class; z and the color, which changes every three rows, do not.</summary>
    private static string Rows(int count) => "id,x,z,color,kind\n" + string.Concat(Enumerable.Range(0, count).Select(i =>
        string.Create(CultureInfo.InvariantCulture, $"{i},{(i % 3) + (0.1 * (i * 7 % 5))},{i * 11 % 13},{(i / 3 % 2 == 0 ? "red" : "blue")},{"abc"[i % 3]}\n")));

    private sealed class Scored
    {
        public bool Label { get; set; }

        public float Score { get; set; }

        public bool PredictedLabel => Score > 0.5f;
    }
}
