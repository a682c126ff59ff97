using System.Text.Json;
using EE569.Experiments.Studies.Data;
using EE569.Experiments.Tests.Report;

namespace EE569.Experiments.Tests.Commands;

/// <summary>The page that <c>train</c> leaves: learning curves, and the sweep of the learning rate.</summary>
[TestClass]
public sealed class TrainingPageTests
{
    private static readonly string Iris = LabeledCsv.ShippedPath("iris.csv");

    [TestMethod]
    public async Task The_learning_curves_hold_the_history()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--epochs", "7", "--validation-fraction", "0.1", "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Error);
        JsonElement curve = Specification(folder, "loss").GetProperty("datasets").GetProperty("loss");
        string[][] history = [.. File.ReadLines(Path.Combine(folder.Path, "history.csv")).Skip(1).Select(line => line.Split(','))];
        Assert.AreEqual(14, curve.GetArrayLength(), "7 epochs on the training and on the validation rows");
        for (int epoch = 0; epoch < 7; epoch++)
        {
            Assert.AreEqual(history[epoch][1], curve[2 * epoch].GetProperty("loss").GetRawText());
            Assert.AreEqual(history[epoch][3], curve[(2 * epoch) + 1].GetProperty("loss").GetRawText());
        }

        Assert.AreEqual(14, Specification(folder, "accuracy").GetProperty("datasets").GetProperty("accuracy").GetArrayLength());
        Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "learning-rate.csv")), "no sweep was asked for");
    }

    [TestMethod]
    [DataRow("softmax-mlp")]
    [DataRow("softmax-regression")]
    public async Task The_sweep_draws_the_loss_over_the_rate_and_trains_with_what_it_suggests(string trainer)
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--trainer", trainer, "--find-learning-rate", "--json", "--out", folder.Path);

        JsonElement points = Specification(folder, "learning-rate").GetProperty("datasets").GetProperty("learning-rate");
        double lowest = points.EnumerateArray().MinBy(point => point.GetProperty("smoothed loss").GetDouble()).GetProperty("learning rate").GetDouble();
        double used = JsonDocument.Parse(run.Output).RootElement.GetProperty("settings").GetProperty("learningRate").GetDouble();
        Assert.AreEqual(lowest / 10, used, 1e-12);
        Assert.IsInRange(1e-4, 1, used);
        Assert.HasCount(points.GetArrayLength() + 1, File.ReadAllLines(Path.Combine(folder.Path, "learning-rate.csv")));
    }

    [TestMethod]
    public async Task A_browser_without_network_draws_the_curves()
    {
        using var folder = new TemporaryFolder();
        await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--epochs", "5", "--find-learning-rate", "--out", folder.Path);
        await using BrowserPage opened = await BrowserPage.Open(Path.Combine(folder.Path, "training.html"), width: 390);

        Assert.IsEmpty(opened.Complaints, string.Join('\n', opened.Complaints));
        Assert.AreEqual(3, await opened.Page.Locator(".chart[data-state=drawn]").CountAsync(), "three charts are drawn");
        string[] ticks = [.. (await opened.Page.Locator("#loss .role-axis-label text").AllTextContentsAsync()).Where(text => int.TryParse(text, out int epoch) && epoch > 0)];
        CollectionAssert.AreEqual(new[] { "1", "2", "3", "4", "5" }, ticks, "no tick between two epochs");
        IReadOnlyList<string> faults = await opened.AccessibilityFaults();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    private static JsonElement Specification(TemporaryFolder folder, string figure)
    {
        string page = File.ReadAllText(Path.Combine(folder.Path, "training.html"));
        string start = $"id=\"{figure}-specification\">";
        int at = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return JsonDocument.Parse(page[at..page.IndexOf("</script>", at, StringComparison.Ordinal)]).RootElement;
    }
}
