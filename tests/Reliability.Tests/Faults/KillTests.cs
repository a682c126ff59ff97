using EE569.Engine.Training;
using EE569.Reliability.Tests.Fuzz;

namespace EE569.Reliability.Tests.Faults;

/// <summary>Killed at any moment of its work, a run leaves each file as it was or whole, and the next one goes on from there: 90 kills.</summary>
[TestClass]
public sealed class KillTests
{
    private static readonly string checkpointedTraining = ChildProcess.Built("CheckpointedTraining");

    private const int Epochs = 4000;

    [TestMethod]
    [DataRow(30, "LogisticMlp")]
    [DataRow(10, "TabM")]
    public void A_killed_training_resumes_to_the_bits_of_an_unbroken_one(int kills, string network)
    {
        using var folder = new TemporaryFolder();
        string expected = Complete(Path.Combine(folder.Path, "unbroken"), network);
        var random = new Random(1);
        string checkpoint = Path.Combine(folder.Path, "killed");
        for (int kill = 0; kill < Fuzzer.Times(kills); kill++)
        {
            ChildProcess.RunAndKill("training", TimeSpan.FromMilliseconds(30 * random.NextDouble()), checkpointedTraining, checkpoint, $"{Epochs}", network);
            if (File.Exists(checkpoint) && EpochOf(checkpoint) == Epochs)
            {
                File.Delete(checkpoint); // All is done: the next kills need work to interrupt.
            }
        }

        Assert.AreEqual(expected, Complete(checkpoint, network));
    }

    [TestMethod]
    public void Results_killed_30_times_are_whole_files_and_the_next_run_completes_them()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["reproduce", "linear-node", "--out", folder.Path];
        TimeSpan whole = ChildProcess.RunAndKill("linear-node: 1 step", Timeout.InfiniteTimeSpan, ChildProcess.CommandLine, arguments);
        var tables = Directory.EnumerateFiles(folder.Path, "*.csv", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);

        var random = new Random(2);
        for (int kill = 0; kill < Fuzzer.Times(30); kill++)
        {
            ChildProcess.RunAndKill("linear-node: 1 step", whole * random.NextDouble(), ChildProcess.CommandLine, arguments);
            foreach ((string file, string text) in tables)
            {
                Assert.AreEqual(text, File.ReadAllText(file), file);
            }

            string report = File.ReadAllText(Path.Combine(folder.Path, "report.html"));
            Assert.IsTrue(report.TrimEnd().EndsWith("</html>", StringComparison.Ordinal), $"the report ends with {report[^Math.Min(100, report.Length)..]}");
        }

        Assert.AreEqual(0, ChildProcess.Run(ChildProcess.CommandLine, arguments).ExitCode);
    }

    [TestMethod]
    public void A_model_killed_20_times_around_its_saving_is_the_old_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        string iris = Path.Combine(AppContext.BaseDirectory, "data", "iris.csv"), model = Path.Combine(folder.Path, "model.zip");
        string[] arguments = ["train", "--data", iris, "--label", "Label", "--epochs", "1", "--hidden-layers", "2000", "--out", folder.Path];
        TimeSpan saving = ChildProcess.RunAndKill("train: 1 step", Timeout.InfiniteTimeSpan, ChildProcess.CommandLine, arguments);
        (int, string Predictions, string) expected = InProcess.Run("predict", "--model", model, "--data", iris);
        Assert.HasCount(151, expected.Predictions.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var random = new Random(4);
        for (int kill = 0; kill < Fuzzer.Times(20); kill++)
        {
            ChildProcess.RunAndKill("train: 1 step", saving * random.NextDouble(), ChildProcess.CommandLine, arguments);
            Assert.AreEqual(expected.Predictions, InProcess.Run("predict", "--model", model, "--data", iris).Output);
        }
    }

    private static int EpochOf(string checkpoint)
    {
        using FileStream stream = File.OpenRead(checkpoint);
        return TrainingState<float>.Load(stream).Epoch;
    }

    private static string Complete(string checkpoint, string network)
    {
        (int exitCode, string output, string error) = ChildProcess.Run(checkpointedTraining, checkpoint, $"{Epochs}", network);
        Assert.AreEqual(0, exitCode, error);
        return output;
    }
}
