using EE569.Experiments.Commands;

namespace EE569.Reliability.Tests.Fuzz;

/// <summary>Whatever is typed, the command line answers with its exit code and a line on the error stream, never with an exception.</summary>
[TestClass]
public sealed class CommandLineFuzzTests
{
    private static readonly string[] words =
    [
        "list", "reproduce", "train", "evaluate", "predict", "compare", "inspect", "--help", "--version", "--quick", "--seed", "--out", "--cifar", "--json", "--data", "--label",
        "--model", "--trainer", "--features", "linear-node", "nonsense", "-1", "1e9", "99999999999999999999", "--", "--=", "-x",
    ];

    [TestMethod]
    public void Any_arguments_end_with_an_exit_code_and_a_message()
    {
        using var folder = new TemporaryFolder();
        Fuzzer.Run(1500, mutator => RunOnce(mutator, folder.Path));
    }

    private static void RunOnce(Mutator mutator, string folder)
    {
        string[] arguments = Arguments(mutator, folder);

        (int exitCode, _, string error) = InProcess.Run(arguments);

        string typed = string.Join(" | ", arguments);
        CollectionAssert.Contains(new[] { CommandLine.Success, CommandLine.UserError }, exitCode, $"exit code {exitCode} for {typed}");
        Assert.IsTrue(exitCode == CommandLine.Success || error.StartsWith("ee569: ", StringComparison.Ordinal), $"no message for {typed}: {error}");
        Assert.IsFalse(error.Contains("   at ", StringComparison.Ordinal), $"a stack trace for {typed}: {error}");
    }

    /// <summary>Random words; a study that would really run is the smallest one, into the folder of the test.</summary>
    private static string[] Arguments(Mutator mutator, string folder)
    {
        string[] typed = [.. Enumerable.Range(0, mutator.Random.Next(0, 7)).Select(_ => mutator.Random.Next(4) == 0 ? mutator.Text() : mutator.Pick(words))];
        bool mayRunEverything = typed.Contains("reproduce") || typed.Contains("compare");
        return mayRunEverything ? [.. typed.Where(word => word != "compare"), "linear-node", "--out", folder] : typed;
    }
}
