using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Commands;

/// <summary>Places that cannot take what is written: one line that names them, before the work where it can be known, and nothing half-written.</summary>
[TestClass]
public sealed class HostileOutputTests
{
    private static readonly string Iris = LabeledCsv.ShippedPath("iris.csv");

    [TestMethod]
    [DataRow("reproduce", "linear-node")]
    [DataRow("train", "--data", "iris", "--label", "Label")]
    public async Task A_folder_that_cannot_be_made_is_named_before_any_work(params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        string below = Path.Combine(folder.File("taken", "precious"), "out");
        foreach (string place in new[] { below, "/proc/nowhere" })
        {
            ProgramRun run = await ProgramRun.Of([.. arguments.Select(argument => argument == "iris" ? Iris : argument), "--out", place]);

            Assert.AreEqual(2, run.ExitCode);
            Assert.Contains($"Cannot write '{place}", run.Error);
            Assert.DoesNotContain("running", run.Error);
        }

        Assert.AreEqual("precious", File.ReadAllText(Path.Combine(folder.Path, "taken")));
    }

    [TestMethod]
    public async Task Predictions_for_a_full_disk_or_a_folder_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        string model = Path.Combine(folder.Path, "model.zip");
        await ProgramRun.Of("train", "--data", Iris, "--label", "Label", "--epochs", "1", "--out", folder.Path);

        Assert.Contains(folder.Path, await ProgramRun.ErrorOf("predict", "--model", model, "--data", Iris, "--out", folder.Path));
        if (File.Exists("/dev/full"))
        {
            Assert.Contains("/dev/full", await ProgramRun.ErrorOf("predict", "--model", model, "--data", Iris, "--out", "/dev/full"));
            Assert.IsTrue(File.Exists("/dev/full"), "a device is written to, not replaced");
        }
    }

    [TestMethod]
    [DataRow("train --data iris --label Label --epochs -1", "NumberOfEpochs")]
    [DataRow("train --data iris --label Label --learning-rate 0", "LearningRate")]
    [DataRow("train --data iris --label Label --learning-rate NaN", "LearningRate")]
    [DataRow("train --data iris --label Label --hidden-layers 0", "HiddenLayers")]
    [DataRow("train --data iris --label Label --dropout 1", "Dropout")]
    [DataRow("train --data iris --label Label --validation-fraction 2", "ValidationFraction")]
    [DataRow("train --data iris --label Label --options none.json", "none.json")]
    [DataRow("train --data iris --label Label --features Nowhere", "Nowhere")]
    [DataRow("train --data iris --label Label --ignore Nowhere", "Nowhere")]
    [DataRow("train --data iris --label Label --categorical Nowhere", "Nowhere")]
    [DataRow("train --data iris", "--label")]
    [DataRow("train --data iris --label Label --seed x", "x")]
    [DataRow("evaluate --model m --data iris", "--label")]
    [DataRow("inspect", "--model")]
    public async Task A_wrong_option_is_one_line_that_names_it(string arguments, string named)
    {
        using var folder = new TemporaryFolder();
        string[] output = arguments.StartsWith("train", StringComparison.Ordinal) ? ["--out", folder.Path] : [];

        Assert.Contains(named, await ProgramRun.ErrorOf([.. arguments.Split(' ').Select(argument => argument == "iris" ? Iris : argument), .. output]));
    }

    [TestMethod]
    [DataRow("trainer")]
    [DataRow("optimizer")]
    [DataRow("schedule")]
    [DataRow("activation")]
    public async Task An_unknown_choice_is_named_in_the_options_file_and_on_the_command_line(string setting)
    {
        using var folder = new TemporaryFolder();
        string options = folder.File("options.json", $$"""{ "{{setting}}": "unheard" }""");

        Assert.Contains($"no {setting} 'unheard'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", "--options", options, "--out", folder.Path));
        Assert.Contains("'unheard'", await ProgramRun.ErrorOf("train", "--data", Iris, "--label", "Label", $"--{setting}", "unheard", "--out", folder.Path));
    }
}
