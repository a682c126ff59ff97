using EE569.Experiments.Commands;
using EE569.Experiments.Terminal;

namespace EE569.Reliability.Tests;

/// <summary>The command line inside the test.</summary>
internal static class InProcess
{
    public static (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exitCode = CommandLine.RunAsync(arguments, new Screen(output, error, outputIsTerminal: false, errorIsTerminal: false)).Result;
        return (exitCode, output.ToString(), error.ToString());
    }
}
