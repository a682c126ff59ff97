using System.Diagnostics;
using EE569.Engine.Training;

namespace EE569.Reliability.Tests.Faults;

/// <summary>Killed at any moment, a run leaves each file as it was or whole, and the next one goes on from there: 240 kills.</summary>
[TestClass]
public sealed class KillTests
{
    private static readonly string checkpointedTraining = ChildProcess.Built("CheckpointedTraining");

    private const int Epochs = 4000;

    [TestMethod]
    public void A_training_killed_150_times_resumes_to_the_bits_of_an_unbroken_one()
    {
        using var folder = new TemporaryFolder();
        var clock = Stopwatch.StartNew();
        string expected = Complete(Path.Combine(folder.Path, "unbroken"));
        TimeSpan whole = clock.Elapsed;

        var random = new Random(1);
        string checkpoint = Path.Combine(folder.Path, "killed");
        for (int kill = 0; kill < 150; kill++)
        {
            // Half of the time a run is only just past its start, the other half somewhere in its work.
            ChildProcess.RunAndKill(whole * (0.3 + (0.3 * random.NextDouble())), checkpointedTraining, checkpoint, $"{Epochs}");
            if (File.Exists(checkpoint))
            {
                using FileStream stream = File.OpenRead(checkpoint);
                Assert.IsGreaterThan(0, TrainingState<float>.Load(stream).Epoch);
            }
        }

        Assert.AreEqual(expected, Complete(checkpoint));
    }

    [TestMethod]
    public void Results_killed_50_times_are_whole_files_and_the_next_run_completes_them()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["reproduce", "linear-node", "gradient-check", "--out", folder.Path];
        var clock = Stopwatch.StartNew();
        Assert.AreEqual(0, ChildProcess.Run(ChildProcess.CommandLine, arguments).ExitCode);
        TimeSpan whole = clock.Elapsed;
        var tables = Directory.EnumerateFiles(folder.Path, "*.csv", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);

        var random = new Random(2);
        for (int kill = 0; kill < 50; kill++)
        {
            ChildProcess.RunAndKill(whole * random.NextDouble(), ChildProcess.CommandLine, arguments);
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
    public void A_model_killed_40_times_around_its_saving_is_the_old_or_the_new_one()
    {
        using var folder = new TemporaryFolder();
        string iris = Path.Combine(AppContext.BaseDirectory, "data", "iris.csv"), model = Path.Combine(folder.Path, "model.zip");
        string[] arguments = ["train", "--data", iris, "--label", "Label", "--epochs", "1", "--hidden-layers", "2000", "--out", folder.Path];
        var clock = Stopwatch.StartNew();
        Assert.AreEqual(0, ChildProcess.Run(ChildProcess.CommandLine, arguments).ExitCode);
        TimeSpan whole = clock.Elapsed;
        (int, string Predictions, string) expected = InProcess.Run("predict", "--model", model, "--data", iris);
        Assert.HasCount(151, expected.Predictions.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var random = new Random(4);
        for (int kill = 0; kill < 40; kill++)
        {
            ChildProcess.RunAndKill(whole * (0.6 + (0.5 * random.NextDouble())), ChildProcess.CommandLine, arguments);
            Assert.AreEqual(expected.Predictions, InProcess.Run("predict", "--model", model, "--data", iris).Output);
        }
    }

    private static string Complete(string checkpoint)
    {
        (int exitCode, string output, string error) = ChildProcess.Run(checkpointedTraining, checkpoint, $"{Epochs}");
        Assert.AreEqual(0, exitCode, error);
        return output;
    }
}
