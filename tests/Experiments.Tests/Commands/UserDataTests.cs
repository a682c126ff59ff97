using System.Globalization;
using System.Text;
using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Optimizers;
using EE569.Engine.Schedules;
using EE569.Experiments.Studies.Data;
using EE569.Experiments.Training;

namespace EE569.Experiments.Tests.Commands;

/// <summary>The commands on a user's CSV file: sensible results, and one clear line for everything that is wrong with it.</summary>
[TestClass]
public sealed class UserDataTests
{
    private const string Good = "A,B,Label\n1,2,x\n2,1,y\n3,4,x\n4,3,y\n";

    private static readonly string Iris = LabeledCsv.ShippedPath("iris.csv");

    [TestMethod]
    [DataRow("A,B,Label\n1,2,x\n", "Label", "at least two classes")]
    [DataRow(Good, "Class", "no column 'Class'")]
    [DataRow("", "Label", "is empty")]
    [DataRow("A,B,Label\n", "Label", "no rows")]
    [DataRow("A,B,Label\n1,2,x\n1,2\n", "Label", "line 3 has 2 cells")]
    [DataRow("A,B,Label\n1,2,x\n1,2,\n", "Label", "'Label' has no value in line 3")]
    [DataRow("B,Label\n,x\n,y\n", "Label", "no feature columns with values")]
    [DataRow("A,B,Label\n1,\"2,x\n1,2,y\n", "Label", "a quote that opens in the row of line 2 is never closed")]
    [DataRow("A,B,Label\n1,2,x\n1,2,null\n", "Label", "'Label' has no value in line 3")]
    [DataRow("1,2,x\n1,3,y\n4,5,x\n", "Label", "Its first line seems to hold values and no names")]
    [DataRow("Label\nx\ny\n", "Label", "no feature columns")]
    public async Task A_faulty_file_is_one_line_that_names_the_fault(string text, string label, string named)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("data.csv", text);

        foreach (string command in new[] { "compare", "train" })
        {
            Assert.Contains(named, await ProgramRun.ErrorOf(command, "--data", file, "--label", label));
        }
    }

    [TestMethod]
    public async Task A_missing_file_and_half_a_pair_of_options_are_named()
    {
        Assert.Contains("no-such.csv", await ProgramRun.ErrorOf("compare", "--data", "no-such.csv", "--label", "Label"));
        Assert.Contains("--label", await ProgramRun.ErrorOf("compare", "--data", Iris));
        Assert.Contains("--folds", await ProgramRun.ErrorOf("compare", "--folds", "1"));
        Assert.Contains("no-such.zip", await ProgramRun.ErrorOf("predict", "--model", "no-such.zip", "--data", Iris));
        Assert.Contains("'nonsense'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--trainer", "nonsense"));
    }

    [TestMethod]
    public async Task Compare_reports_every_learner_on_a_users_file_as_json()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("compare", "--data", LabeledCsv.ShippedPath("breast_cancer.csv"), "--label", "Label", "--folds", "3", "--json");

        Assert.AreEqual(0, run.ExitCode, run.Error);
        JsonElement data = JsonDocument.Parse(run.Output).RootElement[0];
        JsonElement[] scores = [.. data.GetProperty("scores").EnumerateArray()];
        Assert.HasCount(7, scores);
        Assert.IsTrue(scores.All(learner => learner.GetProperty("metrics").GetProperty("accuracy").EnumerateArray().Average(fold => fold.GetDouble()) > 0.85));
        Assert.IsTrue(scores.All(learner => learner.GetProperty("right").GetArrayLength() == 569), "every row is in one test fold");
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public async Task Every_learner_of_a_comparison_gives_the_same_answers_in_every_run(int classes)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        string file = folder.File("bands.csv", "x,y,class\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => FormattableString.Invariant($"{(i % classes) + (2 * random.NextDouble())},{random.NextDouble()},{i % classes}\n"))));
        async Task<string[]> Answers()
        {
            ProgramRun run = await ProgramRun.Of("compare", "--data", file, "--label", "class", "--folds", "2", "--json");
            return [.. JsonDocument.Parse(run.Output).RootElement[0].GetProperty("scores").EnumerateArray().Select(scores => $"{scores.GetProperty("learner")} {scores.GetProperty("metrics")} {scores.GetProperty("confusion")}")];
        }

        string[] first = await Answers();
        Assert.HasCount(7, first);
        CollectionAssert.AreEqual(first, await Answers());
    }

    [TestMethod]
    public async Task A_class_rarer_than_the_folds_is_named_and_one_as_frequent_is_in_each()
    {
        using var folder = new TemporaryFolder();
        string File(params int[] rare) => folder.File("rare.csv", "x,class\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i % 20},{(i < rare[0] ? "b" : i < rare.Sum() ? "c" : "a")}\n")));
        Assert.Contains("Class 'b' of rare has 2 rows, fewer than there are folds: name --folds 2", await ProgramRun.ErrorOf("compare", "--data", File(2, 0), "--label", "class"));
        Assert.Contains("Class 'c' of rare has 1 rows", await ProgramRun.ErrorOf("compare", "--data", File(5, 1), "--label", "class"));
        foreach (int[] rare in new int[][] { [3, 0], [3, 3] })
        {
            ProgramRun run = await ProgramRun.Of("compare", "--data", File(rare), "--label", "class", "--folds", "3", "--json");
            Assert.AreEqual(0, run.ExitCode, run.Error);
        }
    }

    [TestMethod]
    public async Task A_model_is_trained_evaluated_inspected_and_predicts()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");
        ProgramRun train = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--hidden-layers", "16", "8", "--out", folder.Path);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", model, "--data", Iris, "--label", "Label", "--json");
        ProgramRun predict = await ProgramRun.Of("predict", "--model", model, "--data", Iris);
        ProgramRun inspect = await ProgramRun.Of("inspect", "--model", model);

        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.IsGreaterThan(1000L, new FileInfo(Path.Combine(folder.Path, "model.onnx")).Length);
        Assert.IsGreaterThan(0.9, JsonDocument.Parse(evaluate.Output).RootElement.GetProperty("accuracy").GetDouble());
        Assert.HasCount(151, predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        string[] layers = [.. inspect.Output.Split('\n').Where(line => line.Contains("MulticlassPredictionTransformer", StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^1])];
        CollectionAssert.AreEqual(new[] { "80", "136", "27" }, layers, "parameters of 4-16-8-3: (4 + 1) 16, (16 + 1) 8, (8 + 1) 3");
        Assert.Contains("TrainLoss", inspect.Output);
        JsonElement described = JsonDocument.Parse((await ProgramRun.Of("inspect", "--model", model, "--json")).Output).RootElement;
        Assert.AreEqual(80 + 136 + 27, described.GetProperty("steps").EnumerateArray().Last().GetProperty("parameters").GetInt32());
        JsonElement history = described.GetProperty("history");
        Assert.AreEqual(File.ReadAllLines(Path.Combine(folder.Path, "history.csv")).Length - 1, history.GetArrayLength());
        Assert.IsGreaterThan(history[history.GetArrayLength() - 1].GetProperty("TrainLoss").GetDouble(), history[0].GetProperty("TrainLoss").GetDouble());
    }

    [TestMethod]
    public async Task Options_come_from_a_file_and_the_command_line_overrides_them()
    {
        using var folder = new TemporaryFolder();
        string options = folder.File("options.json", """{ "trainer": "softmax-regression", "epochs": 7, "batchSize": 16 }""");
        string wrong = folder.File("wrong.json", """{ "epoch": 7 }""");
        ProgramRun run = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--options", options, "--epochs", "3", "--json", "--out", folder.Path);

        JsonElement settings = JsonDocument.Parse(run.Output).RootElement.GetProperty("settings");
        Assert.AreEqual("softmax-regression", settings.GetProperty("trainer").GetString());
        Assert.AreEqual(3, settings.GetProperty("epochs").GetInt32());
        Assert.AreEqual(16, settings.GetProperty("batchSize").GetInt32());
        Assert.Contains("'epoch'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--options", wrong));
        Assert.Contains("BatchSize", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--batch-size", "0"));
    }

    [TestMethod]
    public async Task Every_choice_of_optimizer_schedule_and_activation_learns_iris()
    {
        string[][] choices =
        [
            .. OptionJson.NamesOf(typeof(Optimizer<float>))!.Select(name => new[] { "--optimizer", name, "--learning-rate", name is "adam" or "adamw" or "lazyadam" or "rmsprop" ? "0.01" : "0.1" }),
            .. OptionJson.NamesOf(typeof(Schedule))!.Select(name => new[] { "--schedule", name, "--learning-rate", "0.01" }),
            .. OptionJson.NamesOf(typeof(Activation))!.Select(name => new[] { "--activation", name, "--learning-rate", "0.01" }),
        ];
        foreach (string[] choice in choices)
        {
            using var folder = new TemporaryFolder();
            ProgramRun run = await ProgramRun.Of(["train", "--data", Iris, "--label", "Label", "--hidden-layers", "8", "--convergence-tolerance", "null", "--epochs", "40", "--json", "--out", folder.Path, .. choice]);

            Assert.AreEqual(0, run.ExitCode, run.Error);
            JsonElement root = JsonDocument.Parse(run.Output).RootElement;
            Assert.AreEqual(choice[1], root.GetProperty("settings").GetProperty(choice[0][2..]).GetString());
            Assert.IsGreaterThan(0.8, root.GetProperty("kept")[0].GetProperty("trainMetric").GetDouble(), string.Join(' ', choice));
        }
    }

    [TestMethod]
    public async Task Balanced_classes_find_the_rare_one()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("rare.csv", "X,Label\n" + string.Concat(Enumerable.Range(0, 400).Select(i => string.Create(CultureInfo.InvariantCulture, $"{(i % 20 == 0 ? 1 : 0) + (i * 37 % 100 / 50.0)},{(i % 20 == 0 ? "rare" : "common")}\n"))));
        async Task<double> Recall(params string[] options)
        {
            await ProgramRun.Of(["train", "--data", file, "--label", "Label", "--trainer", "softmax-regression", "--out", folder.Path, .. options]);
            ProgramRun run = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", "Label", "--json");
            int[] rare = [.. JsonDocument.Parse(run.Output).RootElement.GetProperty("confusion")[1].EnumerateArray().Select(count => count.GetInt32())];
            return (double)rare[1] / rare.Sum();
        }

        Assert.IsGreaterThan(await Recall() + 0.2, await Recall("--class-weights", "balanced"));
    }

    [TestMethod]
    public async Task Categories_missing_values_accents_and_right_to_left_text_are_handled()
    {
        using var folder = new TemporaryFolder();
        var text = new StringBuilder("Größe,צבע,Étiquette\n");
        for (int i = 0; i < 200; i++)
        {
            bool first = i % 2 == 0;
            string size = i % 10 == 0 ? "" : (first ? 1 + (i % 7) : 20 + (i % 7)).ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{size},{(first ? "אדום" : "כחול")},{(first ? "naïve" : "\"déjà, vu\"")}\n");
        }

        string file = folder.File("data.csv", text.ToString());
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "Étiquette", "--categorical", "צבע", "--out", folder.Path);
        ProgramRun predict = await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file);

        Assert.AreEqual(0, train.ExitCode, train.Error);
        string[] lines = predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("naïve,", lines[1]);
        Assert.StartsWith("\"déjà, vu\",", lines[2]);
    }

    [TestMethod]
    public async Task Five_hundred_classes_are_learnt_and_more_than_a_thousand_refused()
    {
        using var folder = new TemporaryFolder();
        string many = folder.File("many.csv", "X,Label\n" + string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i % 500},c{i % 500}\n")));
        string tooMany = folder.File("too-many.csv", "X,Label\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"{i},c{i}\n")));
        ProgramRun run = await ProgramRun.Of("train", "--data", many, "--label", "Label", "--epochs", "2", "--json", "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.AreEqual(500, JsonDocument.Parse(run.Output).RootElement.GetProperty("classes").GetArrayLength());
        Assert.Contains("more than 1000 different values", await ProgramRun.ErrorOf("train", "--data", tooMany, "--label", "Label"));
    }

    [TestMethod]
    public async Task A_file_without_the_models_columns_or_with_an_unknown_class_is_named()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");
        await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--epochs", "2", "--out", folder.Path);
        string lacking = folder.File("lacking.csv", "SepalLength\n1\n");
        string wordy = folder.File("wordy.csv", "SepalLength,SepalWidth,PetalLength,PetalWidth,Label\n1,2,3,wide,setosa\n");
        string alien = folder.File("alien.csv", "SepalLength,SepalWidth,PetalLength,PetalWidth,Label\n1,2,3,4,triffid\n");

        Assert.Contains("'SepalWidth'", await ProgramRun.ErrorOf("predict", "--model", model, "--data", lacking));
        Assert.Contains("'PetalWidth' must be numeric, but line 2 has 'wide'", await ProgramRun.ErrorOf("predict", "--model", model, "--data", wordy));
        Assert.Contains("'triffid'", await ProgramRun.ErrorOf("evaluate", "--model", model, "--data", alien, "--label", "Label"));
        Assert.Contains("no model", await ProgramRun.ErrorOf("predict", "--model", Iris, "--data", Iris));
    }
}
