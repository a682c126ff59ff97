using System.Diagnostics;
using System.Reflection;

namespace EE569.Reliability.Tests;

/// <summary>Programs of this repository run as processes of their own.</summary>
internal static class ChildProcess
{
    /// <summary>The command line, built beside this test.</summary>
    public static string CommandLine { get; } = Path.Combine(AppContext.BaseDirectory, "ee569.dll");

    /// <summary>The child that trains with a checkpoint.</summary>
    public static string CheckpointedTraining { get; } = typeof(ChildProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "CheckpointedTraining").Value!;

    public static Process Start(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(assembly);
        Array.ForEach(arguments, start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    /// <summary>Runs to the end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string assembly, params string[] arguments)
    {
        using Process process = Start(assembly, arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Kills the program after a while, unless it ends before.</summary>
    public static void RunAndKill(TimeSpan after, string assembly, params string[] arguments)
    {
        using Process process = Start(assembly, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(after))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }
    }
}
