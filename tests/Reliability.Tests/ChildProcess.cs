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

    public static Process Start(string assembly, params string[] arguments) => Launch("dotnet", [assembly, .. arguments]);

    /// <summary>Runs to the end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string assembly, params string[] arguments) => Finish(Start(assembly, arguments));

    /// <summary>Runs to the end as a user who may not override permissions: root without its capabilities, or whoever runs the tests.</summary>
    public static (int ExitCode, string Output, string Error) RunWithoutPrivileges(string assembly, params string[] arguments) => Finish(
        OperatingSystem.IsLinux() && Environment.UserName == "root"
            ? Launch("setpriv", ["--bounding-set=-all", "--inh-caps=-all", "dotnet", assembly, .. arguments])
            : Start(assembly, arguments));

    /// <summary>Waits for the end; disposes the process.</summary>
    public static (int ExitCode, string Output, string Error) Finish(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, error.Result);
        }
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

    private static Process Launch(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
