using System.Text.Json;
using EE569.Experiments.Commands;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Tests.Commands;

[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    public async Task Help_names_every_command()
    {
        ProgramRun run = await ProgramRun.Of("--help");

        Assert.AreEqual(0, run.ExitCode);
        foreach (string command in new[] { "list", "reproduce", "compare", "train", "evaluate", "predict", "inspect" })
        {
            Assert.Contains(command, run.Output);
        }
    }

    [TestMethod]
    [DataRow("inspect", "--model", "m.zip", "--data", "d.csv", "--label")]
    [DataRow("compare", "--data", "d.csv", "--label")]
    [DataRow("reproduce", "--download-cifar", "--cifar")]
    public async Task An_option_without_its_value_is_told_where_a_check_of_several_reads_it(params string[] arguments) =>
        Assert.Contains($"'{arguments[^1]}'", await ProgramRun.ErrorOf(arguments));

    [TestMethod]
    public async Task List_shows_every_study_in_text_and_in_json()
    {
        ProgramRun text = await ProgramRun.Of("list");
        ProgramRun json = await ProgramRun.Of("list", "--json");

        string[] ids = [.. JsonDocument.Parse(json.Output).RootElement.EnumerateArray().Select(study => study.GetProperty("id").GetString()!)];
        Assert.Contains("mlp-grid", ids);
        foreach (string id in ids)
        {
            Assert.Contains(id, text.Output);
        }
    }

    [TestMethod]
    [DataRow("reprodce", "reprodce")]
    [DataRow("reproduce --sed 3", "--sed")]
    [DataRow("reproduce --seed three", "three")]
    [DataRow("reproduce --full --quick", "--full and --quick")]
    [DataRow("reproduce no-such-study", "no-such-study")]
    [DataRow("reproduce linear-node --out /proc/nowhere", "/proc/nowhere")]
    public async Task A_wrong_option_is_one_line_that_names_it(string arguments, string named) =>
        Assert.Contains(named, await ProgramRun.ErrorOf(arguments.Split(' ')));

    [TestMethod]
    public async Task Reproduce_prints_the_linear_nodes_exact_figures_and_writes_its_files()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("reproduce", "linear-node", "--out", folder.Path);

        Assert.AreEqual(0, run.ExitCode, run.Error);
        foreach (string figures in new[] { "[0.6, 1.3, 2]", "[0.5, 1, -0.5, -1, 1, 2]", "[0.5, -0.5, 1]", "[0.4, 0.5]" })
        {
            Assert.Contains(figures, run.Output);
        }

        Assert.DoesNotContain("DIFFERS", run.Output);
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "report.html")));
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "linear-node", "linear-node.csv")));
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "linear-node", "graph.vl.json")));
        Assert.IsFalse(Directory.Exists(Path.Combine(folder.Path, ".unfinished")), "a complete run leaves no cells behind");
    }

    [TestMethod]
    public async Task Reproduce_as_json_prints_one_document_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        ProgramRun run = await ProgramRun.Of("reproduce", "linear-node", "--json", "--out", folder.Path);

        JsonElement study = JsonDocument.Parse(run.Output).RootElement.GetProperty("studies")[0];
        Assert.AreEqual("linear-node", study.GetProperty("id").GetString());
        Assert.IsTrue(study.GetProperty("claims").EnumerateArray().All(claim => claim.GetProperty("holds").GetBoolean()));
        Assert.AreEqual("", run.Error);
    }

    [TestMethod]
    public async Task A_cifar_folder_without_batches_is_named()
    {
        using var folder = new TemporaryFolder();
        string error = await ProgramRun.ErrorOf("reproduce", "softmax-regression", "--cifar", folder.Path, "--out", Path.Combine(folder.Path, "out"));

        Assert.Contains("data_batch_1.bin", error);
    }

    [TestMethod]
    [DataRow("list")]
    [DataRow("reproduce linear-node --json --out OUT")]
    [DataRow("predict --help")]
    public async Task Whatever_breaks_in_a_command_is_one_line_and_exit_code_1_and_verbose_tells_where(string arguments)
    {
        using var folder = new TemporaryFolder();
        string[] words = [.. arguments.Split(' ').Select(word => word == "OUT" ? folder.Path : word)];
        async Task<(int ExitCode, string Error)> Run(params string[] more)
        {
            using var error = new StringWriter { NewLine = "\n" };
            return (await CommandLine.RunAsync([.. words, .. more], new Screen(new BrokenWriter(), error, outputIsTerminal: false, errorIsTerminal: false)), error.ToString());
        }

        (int exitCode, string line) = await Run();
        Assert.AreEqual(1, exitCode, line);
        Assert.AreEqual("ee569: The writer is broken. This is a fault of the program (InvalidOperationException); --verbose tells where.\n", line);
        Assert.Contains(nameof(BrokenWriter), (await Run("--verbose")).Error);
    }

    private sealed class BrokenWriter : StringWriter
    {
        public override void Write(char value) => throw new InvalidOperationException("The writer\nis broken.");

        public override void Write(string? value) => throw new InvalidOperationException("The writer\nis broken.");

        public override void Write(char[] buffer, int index, int count) => throw new InvalidOperationException("The writer\nis broken.");

        public override void WriteLine(string? value) => throw new InvalidOperationException("The writer\nis broken.");
    }
}
