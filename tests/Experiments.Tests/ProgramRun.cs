using EE569.Experiments.Commands;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Tests;

/// <summary>A run of the command line inside the test, with redirected streams.</summary>
internal sealed record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command; train without the card, which takes longer than the training: <see cref="WithCard"/> has it.</summary>
    public static Task<ProgramRun> Of(params string[] arguments) => WithCard(arguments is ["train", ..] ? [.. arguments, "--no-card"] : arguments);

    /// <summary>Runs a command as it is.</summary>
    public static async Task<ProgramRun> WithCard(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int exitCode = await CommandLine.RunAsync(arguments, new Screen(output, error, outputIsTerminal: false, errorIsTerminal: false));
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>The one line on the error stream of a run that must fail because of the user's input.</summary>
    public static async Task<string> ErrorOf(params string[] arguments)
    {
        ProgramRun run = await Of(arguments);
        string[] lines = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.EndsWith(": running", StringComparison.Ordinal))];

        Assert.AreEqual(2, run.ExitCode, run.Error);
        Assert.HasCount(1, lines, run.Error);
        return lines[0];
    }
}
