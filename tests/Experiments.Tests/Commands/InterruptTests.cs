using System.Diagnostics;
using System.Globalization;
using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Commands;

/// <summary>The program as a process of its own, stopped as Ctrl-C stops it, and killed.</summary>
[TestClass]
public sealed class InterruptTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestInitialize]
    public void Needs_signals()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Signals are sent with 'kill', which Windows has not.");
        }
    }

    [TestMethod]
    public async Task Ctrl_C_reports_what_is_complete_and_the_same_command_goes_on()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["reproduce", "linear-node", "mlp-grid", "--out", folder.Path];
        using Process run = ChildProcess.StartInterruptible(ChildProcess.CommandLine, arguments);
        await WaitForCells(folder, atLeast: 2);
        ChildProcess.Signal(run, "INT");
        (int exitCode, string output, string error) = await ChildProcess.FinishAsync(run).WaitAsync(Patience);

        Assert.AreEqual(130, exitCode, error);
        Assert.Contains("stopped; 1 of 2 studies are complete", error);
        Assert.Contains("== linear-node", output);
        string report = await File.ReadAllTextAsync(Path.Combine(folder.Path, "report.html"));
        Assert.Contains("id=\"linear-node\"", report);
        Assert.DoesNotContain("id=\"mlp-grid\"", report);
        await AssertGoesOn(folder, arguments);
    }

    [TestMethod]
    public async Task A_killed_run_goes_on_where_it_was()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["reproduce", "mlp-grid", "--out", folder.Path];
        using Process run = ChildProcess.StartInterruptible(ChildProcess.CommandLine, arguments);
        await WaitForCells(folder, atLeast: 2);
        ChildProcess.Signal(run, "KILL");
        await ChildProcess.FinishAsync(run).WaitAsync(Patience);

        await AssertGoesOn(folder, arguments);
    }

    [TestMethod]
    public async Task Ctrl_C_keeps_the_model_that_train_has()
    {
        using var folder = new TemporaryFolder();
        using Process run = ChildProcess.StartInterruptible(ChildProcess.CommandLine, "train", "--data", LabeledCsv.ShippedPath("digits.csv"), "--label", "Label", "--epochs", "1000000", "--convergence-tolerance", "null", "--l2", "0.1", "--out", folder.Path);
        string first = (await run.StandardError.ReadLineAsync())!;
        Assert.AreEqual("train: running", first);
        await Task.Delay(TimeSpan.FromSeconds(3));
        ChildProcess.Signal(run, "INT");
        (int exitCode, string output, string error) = await ChildProcess.FinishAsync(run).WaitAsync(Patience);

        Assert.AreEqual(130, exitCode, error);
        Assert.Contains("model.zip", output);
        ProgramRun evaluate = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", LabeledCsv.ShippedPath("digits.csv"), "--label", "Label");
        Assert.AreEqual(0, evaluate.ExitCode, evaluate.Error);
    }

    private static async Task AssertGoesOn(TemporaryFolder folder, string[] arguments)
    {
        int left = Cells(folder);
        using Process again = ChildProcess.StartInterruptible(ChildProcess.CommandLine, arguments);
        (int exitCode, string output, string error) = await ChildProcess.FinishAsync(again).WaitAsync(Patience);

        Assert.AreEqual(0, exitCode, error);
        string line = error.Split('\n').Single(text => text.StartsWith("mlp-grid: 30 steps", StringComparison.Ordinal));
        int taken = int.Parse(line.Split(", ")[1].Split(' ')[0], CultureInfo.InvariantCulture);
        Assert.IsInRange(2, left, taken);
        Assert.Contains("== mlp-grid", output);
        Assert.IsFalse(Directory.Exists(Path.Combine(folder.Path, ".unfinished")), "a complete run leaves no cells behind");
    }

    private static async Task WaitForCells(TemporaryFolder folder, int atLeast)
    {
        var clock = Stopwatch.StartNew();
        while (Cells(folder) < atLeast)
        {
            Assert.IsLessThan(Patience, clock.Elapsed, "no cell was finished");
            await Task.Delay(5);
        }
    }

    private static int Cells(TemporaryFolder folder)
    {
        string cells = Path.Combine(folder.Path, ".unfinished");
        return Directory.Exists(cells) ? Directory.GetDirectories(cells, "mlp-grid", SearchOption.AllDirectories).Sum(grid => Directory.GetFiles(grid, "*.json").Length) : 0;
    }
}
