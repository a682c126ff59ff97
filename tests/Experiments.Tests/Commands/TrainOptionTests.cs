using System.Reflection;
using System.Text.Json;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;
using EE569.Experiments.Studies.Data;
using EE569.Experiments.Training;
using EE569.Trainers;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Every option of the library is an option of <c>train</c>, with the library's own name, default and rule.</summary>
[TestClass]
public sealed class TrainOptionTests
{
    private static readonly string Iris = LabeledCsv.ShippedPath("iris.csv"), Gaussians = LabeledCsv.ShippedPath("gaussians.csv");

    /// <summary>What the command takes from the table, what is code, and the record whose own options have switches.</summary>
    private static readonly string[] withoutSwitch =
        ["LabelColumnName", "FeatureColumnName", "EpochCallback", "CancellationToken", "Communicator", "EarlyStopping"];

    public static IEnumerable<object[]> Trainers => TrainerChoice.Names.Select(name => new object[] { name });

    [TestMethod]
    public void Every_option_that_text_can_say_has_a_switch_with_help()
    {
        IEnumerable<PropertyInfo> options = TrainerChoice.Types.SelectMany(type => type.GetProperties()).Concat(typeof(EarlyStopping).GetProperties());
        string[] expected = [.. options.Select(option => option.Name).Distinct().Except(withoutSwitch).Order()];

        CollectionAssert.AreEqual(expected, TrainerOption.All.Select(option => option.Property.Name).Order().ToArray());
        foreach (TrainerOption option in TrainerOption.All)
        {
            Assert.MatchesRegex("^--[a-z0-9-]+$", option.Switch);
            Assert.MatchesRegex(@"^\S.{15,}\.$", option.Help, option.Switch);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Trainers))]
    public void Without_options_a_trainer_has_the_defaults_of_the_library(string trainer)
    {
        TrainerOptions options = TrainerChoice.Read(null, trainer, []).Options;
        object defaults = Activator.CreateInstance(options.GetType())!;
        foreach (PropertyInfo option in options.GetType().GetProperties().Where(option => option.Name is not ("Optimizer" or "HiddenLayers")))
        {
            Assert.AreEqual(option.GetValue(defaults), option.GetValue(options), option.Name);
        }

        Assert.AreEqual(TrainerChoice.Default, TrainerChoice.Read(null, null, []).Trainer);
    }

    [TestMethod]
    public void Every_switch_reaches_the_option_of_its_name_and_comes_back_from_a_file()
    {
        using var folder = new TemporaryFolder();
        foreach (string trainer in TrainerChoice.Names)
        {
            TrainerOptions defaults = TrainerChoice.Read(null, trainer, []).Options;
            foreach (TrainerOption option in TrainerOption.All.Where(option => option.Property.DeclaringType == typeof(EarlyStopping) || option.Property.DeclaringType!.IsInstanceOfType(defaults)))
            {
                string[] words = option.HelpName switch
                {
                    "none|balanced|numbers" => ["2", "0.5"],
                    "numbers" => ["7", "5"],
                    "name" => ["some.thing"],
                    "time" => ["90s"],
                    "number" => [option.Property.PropertyType == typeof(double) || option.Property.PropertyType == typeof(double?) ? "0.25" : "17"],
                    "true|false" => [option.Property.GetValue(Owner(option, defaults)) is true ? "false" : "true"],
                    var names => [names.Split('|')[^1]],
                };
                TrainerChoice choice = TrainerChoice.Read(null, trainer, [(option, option.Parse(words))]);
                string file = folder.File("options.json", choice.ToJson().ToJsonString());
                object read = Owner(option, TrainerChoice.Read(file, null, []).Options), given = Owner(option, choice.Options);

                Assert.AreNotEqual(Text(option, Owner(option, defaults)), Text(option, given), option.Switch);
                Assert.AreEqual(Text(option, given), Text(option, read), option.Switch);
            }
        }

        static object Owner(TrainerOption option, TrainerOptions options) => option.Property.DeclaringType == typeof(EarlyStopping) ? options.EarlyStopping ?? new EarlyStopping() : options;
        static string Text(TrainerOption option, object owner) => JsonSerializer.Serialize(owner.GetType().GetProperty(option.Property.Name)!.GetValue(owner), option.Property.PropertyType, OptionJson.Format);
    }

    [TestMethod]
    public async Task An_option_of_another_trainer_and_a_value_of_another_type_are_named()
    {
        Assert.Contains("softmax-regression has no option 'dropout'", await Error("--trainer", "softmax-regression", "--dropout", "0.1"));
        Assert.Contains("'many' is no value for --hidden-layers", await Error("--hidden-layers", "many"));
        Assert.Contains("'2.5' is no value for --epochs", await Error("--epochs", "2.5"));
        Assert.Contains("'null' is no value for --checkpoint-interval", await Error("--checkpoint-interval", "null"));
        Assert.Contains("'maybe' is no value for --shuffle", await Error("--shuffle", "maybe"));
        Assert.Contains("weights must be finite and not negative, it is -1", await Error("--class-weights", "1", "-1"));
        Assert.Contains("3 classes", await Error("--class-weights", "1", "2"));
        Assert.Contains("Patience must be at least 1, it is 0", await Error("--patience", "0", "--validation-fraction", "0.1"));
        Assert.Contains("ValidationFraction", await Error("--patience", "5", "--validation-fraction", "0"));
        Assert.Contains("has 3. Choose --trainer softmax-mlp", await Error("--trainer", "logistic-mlp"));

        static Task<string> Error(params string[] options) => ProgramRun.ErrorOf(["train", "--data", Iris, "--label", "Label", .. options]);
    }

    [TestMethod]
    [DataRow("tabm", "Label")]
    [DataRow("real-mlp", "Label")]
    [DataRow("tabm-regression", "PetalWidth")]
    [DataRow("real-mlp-regression", "PetalWidth")]
    public async Task The_networks_for_tables_train_and_their_options_come_back_from_a_file(string trainer, string label)
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("train", "--data", Iris, "--label", label, "--trainer", trainer, "--epochs", "2", "--hidden-layers", "8", "--out", folder.File("model"));
        Assert.AreEqual(0, run.ExitCode, run.Error);

        TrainerOptions given = TrainerChoice.Read(null, trainer, []).Options;
        TrainerChoice read = TrainerChoice.Read(folder.File("options.json", new TrainerChoice(trainer, given).ToJson().ToJsonString()), null, []);
        Assert.AreEqual(trainer, read.Trainer);
        Assert.AreEqual(given.EarlyStopping, read.Options.EarlyStopping);
        Assert.AreEqual(given.LearningRateSchedule(30, 100), read.Options.LearningRateSchedule(30, 100));
        Assert.AreEqual(new TrainerChoice(trainer, given).ToJson()["optimizer"]!.ToJsonString(), read.ToJson()["optimizer"]!.ToJsonString());
        var (expected, optimizer) = ((AdamW<float>)given.Optimizer, (AdamW<float>)read.Options.Optimizer);
        Assert.AreEqual((expected.WeightDecay, expected.Beta1, expected.Beta2, expected.Epsilon), (optimizer.WeightDecay, optimizer.Beta1, optimizer.Beta2, optimizer.Epsilon));
    }

    [TestMethod]
    [DataRow("tabm", 16)]
    [DataRow("real-mlp", int.MaxValue)]
    [DataRow("softmax-mlp", 20)]
    public void A_metric_alone_leaves_the_patience_of_the_trainer(string trainer, int patience)
    {
        TrainerOption metric = TrainerOption.All.Single(option => option.Switch == "--metric");
        EarlyStopping stopping = TrainerChoice.Read(null, trainer, [(metric, metric.Parse(["auc"]))]).Options.EarlyStopping!;
        Assert.AreEqual((patience, EarlyStoppingMetric.AreaUnderRocCurve, true), (stopping.Patience, stopping.Metric, stopping.RestoreBest));
    }

    [TestMethod]
    [DataRow("90", 90)]
    [DataRow("90s", 90)]
    [DataRow("1.5m", 90)]
    [DataRow("2h", 7200)]
    public void A_time_has_a_unit(string text, int seconds)
    {
        TrainerOption time = TrainerOption.All.Single(option => option.Switch == "--time-limit");
        Assert.AreEqual(TimeSpan.FromSeconds(seconds), TrainerChoice.Read(null, "tabm", [(time, time.Parse([text]))]).Options.TimeLimit);
    }

    [TestMethod]
    public async Task The_best_is_a_bag_of_folds_that_ends_in_time()
    {
        TrainerChoice best = TrainerChoice.Read(null, null, [], isBest: true);
        Assert.AreEqual(("tabm", 8), (best.Trainer, ((EnsembleTrainerOptions)best.Options).NumberOfFolds));
        Assert.AreEqual("tabm-regression", TrainerChoice.Read(null, null, [], isRegression: true, isBest: true).Trainer);
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--best", "--folds", "3", "--epochs", "3", "--hidden-layers", "8", "--networks", "2", "--metric", "accuracy", "--out", folder.Path);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("the mean of 6 networks as of epochs", run.Output);
        ProgramRun timed = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--best", "--folds", "2", "--hidden-layers", "8", "--epochs", "1000000", "--patience", "1000000", "--time-limit", "6s", "--out", folder.Path);
        Assert.AreEqual(0, timed.ExitCode, timed.Error);
        Assert.Contains("the time was over", timed.Output);
        Assert.Contains("has no option 'folds'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--best", "--trainer", "softmax-regression", "--out", folder.Path));
        Assert.Contains("'soon' is no value for --time-limit", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--time-limit", "soon", "--out", folder.Path));
        Assert.Contains("a figure of classes", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--metric", "rmse", "--validation-fraction", "0.2", "--out", folder.Path));
    }

    [TestMethod]
    [DataRow("[1]")]
    [DataRow("{")]
    [DataRow("null")]
    [DataRow("""{ "trainer": 5 }""")]
    [DataRow("""{ "optimizer": 5 }""")]
    [DataRow("""{ "epochs": "many" }""")]
    [DataRow("""{ "epochs": 1, "epochs": 2 }""")]
    [DataRow("""{ "earlyStopping": { "patients": 2 } }""")]
    [DataRow("""{ "classWeights": [1, "x"] }""")]
    [DataRow("""{ "labelColumnName": "x" }""")]
    public async Task A_file_that_holds_no_options_is_named(string text)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("options.json", text);

        Assert.Contains($"Cannot read the options in '{file}'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--options", file, "--out", folder.Path));
    }

    [TestMethod]
    public async Task Options_of_every_kind_train_a_model()
    {
        using var folder = new TemporaryFolder();
        string checkpoint = Path.Combine(folder.Path, "state");
        string[] options =
        [
            "--trainer", "logistic-mlp", "--hidden-layers", "8", "4", "--class-weights", "1", "2", "--label-smoothing", "0.05", "--optimizer", "lazyadam", "--schedule", "one-cycle", "--initializer", "he-uniform",
            "--gradient-clip-norm", "1", "--convergence-tolerance", "null", "--validation-fraction", "0.2", "--metric", "accuracy", "--patience", "30", "--shuffle", "false", "--threads", "1", "--seed", "3",
            "--maximum-rows-in-memory", "50", "--checkpoint-file", checkpoint, "--checkpoint-interval", "2", "--out", folder.Path, "--json",
        ];
        ProgramRun first = await ProgramRun.Of(["train", "--data", Gaussians, "--label", "Label", "--epochs", "4", .. options]);
        Assert.AreEqual(0, first.ExitCode, first.Error);
        Assert.IsTrue(File.Exists(checkpoint));
        ProgramRun second = await ProgramRun.Of(["train", "--data", Gaussians, "--label", "Label", "--epochs", "6", "--resume-from-checkpoint", .. options]);
        Assert.AreEqual(0, second.ExitCode, second.Error);
        JsonElement root = JsonDocument.Parse(second.Output).RootElement;
        Assert.AreEqual(6, root.GetProperty("epochs").GetInt32());
        Assert.AreEqual("accuracy", root.GetProperty("settings").GetProperty("earlyStopping").GetProperty("metric").GetString());
    }

    [TestMethod]
    [DataRow("logistic-mlp", "no", "yes")]
    [DataRow("logistic-regression", "no", "yes")]
    [DataRow("logistic-regression", "Probability", "Score")]
    [DataRow("logistic-regression", "PredictedLabel", "Probability")]
    [DataRow("logistic-mlp", "Features", "PredictedLabel")]
    public async Task Two_classes_of_any_name_are_predicted_with_their_probabilities(string trainer, string first, string second)
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip"), file = folder.File("two.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{(i < 100 ? first : second)}\n")));
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "y", "--numeric", "x", "--trainer", trainer, "--learning-rate", "0.05", "--out", folder.Path);
        ProgramRun predict = await ProgramRun.Of("predict", "--model", model, "--data", file);
        JsonElement evaluation = JsonDocument.Parse((await ProgramRun.Of("evaluate", "--model", model, "--data", file, "--label", "y", "--json")).Output).RootElement;
        JsonElement steps = JsonDocument.Parse((await ProgramRun.Of("inspect", "--model", model, "--json")).Output).RootElement.GetProperty("steps");

        Assert.AreEqual(0, train.ExitCode, train.Error);
        string[] lines = predict.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.AreEqual($"PredictedLabel,Probability {first},Probability {second}", lines[0].TrimEnd());
        Assert.StartsWith($"{first},", lines[1]);
        Assert.StartsWith($"{second},", lines[^1]);
        double[] last = [.. lines[^1].Split(',')[1..].Select(cell => double.Parse(cell, System.Globalization.CultureInfo.InvariantCulture))];
        Assert.AreEqual(1, last.Sum(), 1e-6);
        Assert.IsGreaterThan(0.9, last[1]);
        Assert.IsGreaterThan(0.95, evaluation.GetProperty("accuracy").GetDouble());
        int parameters = trainer == "logistic-mlp" ? 512 + 257 : 2;
        Assert.AreEqual(parameters, steps.EnumerateArray().Last().GetProperty("parameters").GetInt32());
    }

    [TestMethod]
    public async Task A_column_weighs_the_rows_and_is_no_feature()
    {
        using var folder = new TemporaryFolder();
        string rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"{i % 10},{(i % 3 == 0 ? 1 : 0)},{(i % 3 == 0 ? "rare" : "common")}\n"));
        string file = folder.File("weighed.csv", "x,w,class\n" + rows), model = Path.Combine(folder.Path, "model.zip");
        ProgramRun train = await ProgramRun.Of("train", "--data", file, "--label", "class", "--weight", "w", "--trainer", "softmax-regression", "--out", folder.Path);
        Assert.AreEqual(0, train.ExitCode, train.Error);
        Assert.Contains("300 rows, 1 feature columns (1 features)", train.Output);
        string unlabelled = folder.File("new.csv", "x\n0\n9\n");

        string[] predicted = [.. (await ProgramRun.Of("predict", "--model", model, "--data", unlabelled)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        Assert.IsTrue(predicted.Length == 2 && predicted.All(line => line.StartsWith("rare,", StringComparison.Ordinal)), "the rows of weight 0 do not count");

        string words = folder.File("words.csv", "x,w,class\n1,much,a\n2,2,b\n");
        Assert.Contains("column 'w' of the weights must be numeric, but line 2 has 'much'", await ProgramRun.ErrorOf("train", "--data", words, "--label", "class", "--weight", "w"));
        Assert.Contains("'class' of the weights cannot be the label", await ProgramRun.ErrorOf("train", "--data", words, "--label", "class", "--weight", "class"));
        Assert.Contains("no column 'v'", await ProgramRun.ErrorOf("train", "--data", words, "--label", "class", "--weight", "v"));
    }
}
