using System.Diagnostics;

namespace EE569.Package.Tests;

/// <summary>A program run to its end.</summary>
internal static class Command
{
    public static (int ExitCode, string Output) Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    /// <summary>Runs a program that must succeed; returns what it printed.</summary>
    public static string Succeed(string folder, string program, params string[] arguments)
    {
        (int exitCode, string output) = Run(folder, program, arguments);
        Assert.AreEqual(0, exitCode, $"{program} {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
