using System.Globalization;
using System.Text.Json;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Whatever the user's columns are called, they are only columns: nothing that a pipeline makes for itself is confused with them.</summary>
[TestClass]
public sealed class ColumnNameTests
{
    private static readonly string[] Names =
    [
        "Label to learn", "Label as key", "Label is the second class", "Label standardised", "Features", "Features 2", "Features of numbers", "Score", "PredictedLabel", "Probability", "Label", "Weight",
        "SamplingKeyColumn", "Color one-hot",
    ];

    /// <summary>Every name in turn is that of a column that decides the class, of one of chance, of a category, and of the label.</summary>
    private static IEnumerable<string[]> Headers => Enumerable.Range(0, Names.Length).Select(i => Enumerable.Range(0, 4).Select(j => Names[(i + (5 * j)) % Names.Length]).ToArray());

    [TestMethod]
    [DataRow(2, "softmax-mlp")]
    [DataRow(3, "softmax-regression")]
    public async Task Every_name_is_as_good_as_another_for_features_categories_and_labels(int classes, string trainer)
    {
        foreach (string[] header in Headers)
        {
            using var folder = new TemporaryFolder();
            string file = Write(folder, header, classes, i => $"{(char)('a' + (i % classes))}");

            // The labels follow from the first column: all right when it is learnt from.
            Assert.IsGreaterThan(0.95, (await Evaluate(folder, file, header, trainer)).GetProperty("accuracy").GetDouble(), string.Join(',', header));
        }
    }

    [TestMethod]
    public async Task Numbers_are_predicted_whatever_the_columns_are_called()
    {
        foreach (string[] header in Headers)
        {
            using var folder = new TemporaryFolder();
            string file = Write(folder, header, 7, i => (10 + (i % 7)).ToString(CultureInfo.InvariantCulture));

            Assert.IsGreaterThan(0.95, (await Evaluate(folder, file, header, "mlp-regression")).GetProperty("r2").GetDouble(), string.Join(',', header));
        }
    }

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public async Task A_column_named_like_a_helper_does_not_leak_the_label_into_a_comparison(int classes)
    {
        foreach (string name in new[] { "Label to learn", "Label as key", "Label is the second class", "Features", "Score", "Probability" })
        {
            using var folder = new TemporaryFolder();
            var random = new Random(1);
            string file = folder.File("chance.csv", $"{name},Label\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{(char)('p' + random.Next(3))},{(char)('a' + random.Next(classes))}\n")));
            ProgramRun run = await ProgramRun.Of("compare", "--data", file, "--label", "Label", "--categorical", name, "--folds", "2", "--json");

            Assert.AreEqual(0, run.ExitCode, run.Error);
            foreach (JsonElement learner in JsonDocument.Parse(run.Output).RootElement[0].GetProperty("scores").EnumerateArray())
            {
                double accuracy = learner.GetProperty("metrics").GetProperty("accuracy").EnumerateArray().Average(fold => fold.GetDouble());
                Assert.IsLessThan((1.0 / classes) + 0.15, accuracy, $"{name}: {learner.GetProperty("learner")}");
            }
        }
    }

    [TestMethod]
    public async Task Columns_beside_those_of_the_model_may_have_the_names_of_its_outputs()
    {
        using var folder = new TemporaryFolder();
        string train = folder.File("train.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i}\n")));
        await ProgramRun.Of("train", "--data", train, "--label", "y", "--trainer", "mlp-regression", "--epochs", "5", "--out", folder.Path);
        string plain = folder.File("plain.csv", "x\n1\n2\n"), full = folder.File("full.csv", "PredictedLabel,Score,Features,x\na,b,c,1\na,b,c,2\n");
        async Task<string> Predict(string file) => (await ProgramRun.Of("predict", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file)).Output;

        Assert.StartsWith("Score\n", await Predict(plain));
        Assert.AreEqual(await Predict(plain), await Predict(full));
    }

    private static string Write(TemporaryFolder folder, string[] header, int classes, Func<int, string> label) => folder.File("data.csv", $"{string.Join(',', header)}\n" + string.Concat(
        Enumerable.Range(0, 210).Select(i => $"{10 * (i % classes)},{i * 37 % 101},{"rgb"[i * 53 % 100 % 3]},{label(i)}\n")));

    private static async Task<JsonElement> Evaluate(TemporaryFolder folder, string file, string[] header, string trainer)
    {
        ProgramRun train = await ProgramRun.Of(["train", "--data", file, "--label", header[3], "--categorical", header[2], "--trainer", trainer, "--epochs", "20", "--convergence-tolerance", "null", "--out", folder.Path]);
        Assert.AreEqual(0, train.ExitCode, $"{string.Join(',', header)}: {train.Error}");
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", file, "--label", header[3], "--json");
        Assert.AreEqual(0, evaluate.ExitCode, $"{string.Join(',', header)}: {evaluate.Error}");
        return JsonDocument.Parse(evaluate.Output).RootElement;
    }
}
