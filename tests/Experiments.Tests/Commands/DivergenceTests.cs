using System.Text.Json;
using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Trainings that end badly: the reason, the last finite model, exit code 2 when nothing was learnt; never a stack trace or a loss that is no number.</summary>
[TestClass]
public sealed class DivergenceTests
{
    private static readonly string Iris = LabeledCsv.ShippedPath("iris.csv");

    [TestMethod]
    [DataRow("1e30", "20", "softmax-mlp")]
    [DataRow("1e30", "0", "softmax-mlp")]
    [DataRow("1e6", "20", "softmax-mlp")]
    [DataRow("1e6", "0", "softmax-mlp")]
    [DataRow("1e30", "20", "softmax-regression")]
    [DataRow("1e30", "0", "softmax-regression")]
    public async Task Absurd_learning_rates_are_one_line_that_names_them(string rate, string patience, string trainer)
    {
        using var folder = new TemporaryFolder();
        string error = await ProgramRun.ErrorOf(["train", "--data", Iris, "--label", "Label", "--trainer", trainer, "--optimizer", "sgd", "--learning-rate", rate, "--out", folder.Path, .. Stopping(patience)]);

        Assert.StartsWith("ee569: Nothing was learnt", error);
        Assert.Contains("--learning-rate", error);
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    [DataRow("1e30")]
    [DataRow("1e6")]
    public async Task A_regression_with_an_absurd_learning_rate_is_one_line(string rate)
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("line.csv", "x,y\n" + string.Concat(Enumerable.Range(0, 100).Select(i => $"{i},{i}\n")));

        foreach (string patience in new[] { "0", "20" })
        {
            Assert.StartsWith("ee569: Nothing was learnt", await ProgramRun.ErrorOf(["train", "--data", file, "--label", "y", "--trainer", "mlp-regression", "--optimizer", "sgd", "--learning-rate", rate, "--out", folder.Path, .. Stopping(patience)]));
        }
    }

    [TestMethod]
    public async Task The_reason_and_the_warnings_are_told_in_text_and_in_json()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["train", "--data", Iris, "--label", "Label", "--epochs", "2", "--out", folder.Path];
        ProgramRun text = await ProgramRun.Of(arguments);
        JsonElement json = JsonDocument.Parse((await ProgramRun.Of([.. arguments, "--json"])).Output).RootElement;

        Assert.Contains("2 epochs (all that were asked for); the model is that of epoch 2, ", text.Output);
        Assert.Contains("ee569: warning: Training stopped at NumberOfEpochs (2) while the loss was still falling.", text.Error);
        Assert.AreEqual("MaximumEpochs", json.GetProperty("stopReason").GetString());
        Assert.Contains("still falling", json.GetProperty("warnings")[0].GetString()!);
        Assert.AreEqual(2, json.GetProperty("kept").EnumerateArray().Single().GetProperty("epoch").GetInt32());
        Assert.Contains("still falling", File.ReadAllText(Path.Combine(folder.Path, "training.html")));
    }

    private static string[] Stopping(string patience) => patience == "0" ? ["--convergence-tolerance", "null"] : ["--validation-fraction", "0.1", "--patience", patience];

    [TestMethod]
    public async Task Early_stopping_and_convergence_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        async Task<string> Reason(params string[] options) => JsonDocument.Parse((await ProgramRun.Of(
            ["train", "--data", Iris, "--label", "Label", "--json", "--out", folder.Path, .. options])).Output).RootElement.GetProperty("stopReason").GetString()!;

        Assert.AreEqual("EarlyStopping", await Reason("--epochs", "3000", "--validation-fraction", "0.1", "--patience", "3", "--learning-rate", "0.1"));
        Assert.AreEqual("Converged", await Reason("--epochs", "3000", "--trainer", "softmax-regression", "--convergence-tolerance", "0.001"));
        Assert.AreEqual("MaximumEpochs", await Reason("--epochs", "30", "--validation-fraction", "0", "--convergence-tolerance", "null"));
    }
}
