using System.Diagnostics;
using EE569.Engine.Training;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Reliability.Tests.Faults;

/// <summary>Places that cannot take the results: one clear line, exit code 2, and nothing half-written under a final name.</summary>
[TestClass]
public sealed class OutputTests
{
    private static readonly string checkpointedTraining = ChildProcess.Built("CheckpointedTraining");

    private const int Epochs = 1000;

    private static readonly string iris = Path.Combine(AppContext.BaseDirectory, "data", "iris.csv");

    private static readonly string[] reproduce = ["reproduce", "linear-node"];
    private static readonly string[] train = ["train", "--data", iris, "--label", "Label", "--epochs", "3"];

    public static IEnumerable<object[]> Commands => [[reproduce], [train]];

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void An_output_folder_that_is_a_file_is_refused_by_name(string[] command)
    {
        using var folder = new TemporaryFolder();
        string place = Path.Combine(folder.Path, "taken");
        File.WriteAllText(place, "precious");

        AssertRefused(ChildProcess.Run(ChildProcess.CommandLine, [.. command, "--out", place]), place);

        Assert.AreEqual("precious", File.ReadAllText(place));
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void A_folder_without_permission_to_write_is_refused_by_name(string[] command)
    {
        using var folder = new TemporaryFolder();
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Permissions of this kind are Unix's.");
        }
        else
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        AssertRefused(ChildProcess.RunWithoutPrivileges(ChildProcess.CommandLine, [.. command, "--out", folder.Path]), folder.Path);

        Assert.IsEmpty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void A_disk_mounted_read_only_is_refused_by_name(string[] command)
    {
        using var disk = new SmallDisk("ro");

        AssertRefused(ChildProcess.Run(ChildProcess.CommandLine, [.. command, "--out", disk.Path]), disk.Path);
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void A_full_disk_is_reported_and_leaves_no_partial_file(string[] command)
    {
        // 4 KB is one page: too little for the model, let alone the report.
        using var disk = new SmallDisk("size=4k");

        AssertRefused(ChildProcess.Run(ChildProcess.CommandLine, [.. command, "--out", disk.Path]), disk.Path);

        Assert.IsEmpty(Directory.EnumerateFiles(disk.Path, "*.tmp", SearchOption.AllDirectories), "a temporary file is left");
        Assert.IsFalse(File.Exists(Path.Combine(disk.Path, "report.html")) || File.Exists(Path.Combine(disk.Path, "model.onnx")));
    }

    [TestMethod]
    public void A_disk_that_fills_up_keeps_the_last_checkpoint_from_which_training_goes_on_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string expected = Complete(Path.Combine(folder.Path, "unbroken"));
        using var disk = new SmallDisk("size=64k");
        string checkpoint = Path.Combine(disk.Path, "checkpoint");

        (int exitCode, _, string error) = ChildProcess.Run(checkpointedTraining, checkpoint, $"{Epochs}");

        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("No space left", error);
        Assert.HasCount(1, Directory.GetFileSystemEntries(disk.Path));
        using (FileStream stream = File.OpenRead(checkpoint))
        {
            Assert.IsGreaterThan(0, TrainingState<float>.Load(stream).Epoch);
        }

        disk.Remount("size=4m");
        Assert.AreEqual(expected, Complete(checkpoint));
    }

    [TestMethod]
    public void A_disk_that_turns_read_only_leaves_what_the_library_wrote_before()
    {
        using var disk = new SmallDisk("size=4m");
        string onnx = Path.Combine(disk.Path, "network.onnx"), checkpoint = Path.Combine(disk.Path, "checkpoint"), history = Path.Combine(disk.Path, "history.csv");
        var ml = new MLContext(seed: 1);
        IDataView data = Rows.Binary(ml);
        LogisticMlpTransformer network = Fit(ml, data, checkpoint, epochs: 2);
        network.SaveAsOnnx(onnx);
        network.TrainingHistory!.SaveCsv(history);
        byte[][] before = [.. new[] { onnx, checkpoint, history }.Select(File.ReadAllBytes)];
        disk.Remount("ro");

        foreach (Action write in new Action[] { () => network.SaveAsOnnx(onnx), () => network.TrainingHistory!.SaveCsv(history), () => Fit(ml, data, checkpoint, epochs: 3) })
        {
            Assert.Contains(disk.Path, Assert.Throws<IOException>(write).Message);
        }

        byte[][] after = [.. new[] { onnx, checkpoint, history }.Select(File.ReadAllBytes)];
        for (int i = 0; i < before.Length; i++)
        {
            CollectionAssert.AreEqual(before[i], after[i]);
        }

        Assert.HasCount(before.Length, Directory.GetFileSystemEntries(disk.Path));
    }

    [TestMethod]
    [DynamicData(nameof(Commands))]
    public void Two_runs_into_one_folder_both_end_well_and_leave_whole_results(string[] command)
    {
        using var alone = new TemporaryFolder();
        Assert.AreEqual(0, ChildProcess.Run(ChildProcess.CommandLine, [.. command, "--out", alone.Path]).ExitCode);
        using var folder = new TemporaryFolder();
        Process[] runs = [.. Enumerable.Range(0, 2).Select(_ => ChildProcess.Start(ChildProcess.CommandLine, [.. command, "--out", folder.Path]))];
        foreach (Task<(int ExitCode, string, string Error)> run in runs.Select(run => Task.Run(() => ChildProcess.Finish(run))).ToArray())
        {
            Assert.AreEqual(0, run.Result.ExitCode, run.Result.Error);
        }

        CollectionAssert.AreEquivalent(Names(alone.Path), Names(folder.Path));
        foreach (string table in Names(alone.Path).Where(name => name.EndsWith(".csv", StringComparison.Ordinal) && !name.EndsWith("history.csv", StringComparison.Ordinal)))
        {
            Assert.AreEqual(File.ReadAllText(Path.Combine(alone.Path, table)), File.ReadAllText(Path.Combine(folder.Path, table)), table);
        }
    }

    [TestMethod]
    public void Two_trainings_with_one_checkpoint_both_end_with_the_bits_of_one()
    {
        using var folder = new TemporaryFolder();
        string expected = Complete(Path.Combine(folder.Path, "alone")), shared = Path.Combine(folder.Path, "shared");
        Process[] runs = [.. Enumerable.Range(0, 2).Select(_ => ChildProcess.Start(checkpointedTraining, shared, $"{Epochs}"))];
        foreach (Task<(int ExitCode, string Output, string Error)> run in runs.Select(run => Task.Run(() => ChildProcess.Finish(run))).ToArray())
        {
            Assert.AreEqual(0, run.Result.ExitCode, run.Result.Error);
            Assert.AreEqual(expected, run.Result.Output);
        }

        Assert.HasCount(2, Directory.GetFileSystemEntries(folder.Path));
    }

    private static void AssertRefused((int ExitCode, string Output, string Error) run, string place)
    {
        Assert.AreEqual(2, run.ExitCode, run.Error);
        string[] lines = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("ee569: ", StringComparison.Ordinal))];
        Assert.HasCount(1, lines, run.Error);
        Assert.Contains(place, lines[0]);
        Assert.DoesNotContain("   at ", run.Error);
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))];

    private static string Complete(string checkpoint)
    {
        (int exitCode, string output, string error) = ChildProcess.Run(checkpointedTraining, checkpoint, $"{Epochs}");
        Assert.AreEqual(0, exitCode, error);
        return output;
    }

    private static LogisticMlpTransformer Fit(MLContext ml, IDataView data, string checkpoint, int epochs) => ml.BinaryClassification.Trainers.LogisticMlp(new LogisticMlpTrainer.Options
    {
        HiddenLayers = [4],
        NumberOfEpochs = epochs,
        ConvergenceTolerance = null,
        CheckpointFile = checkpoint,
        ResumeFromCheckpoint = true,
    }).Fit(data);
}
