using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace EE569.Tests;

/// <summary>Programs run as processes of their own.</summary>
internal static class ChildProcess
{
    /// <summary>The command line, built beside the tests that reference it.</summary>
    public static string CommandLine { get; } = Path.Combine(AppContext.BaseDirectory, "ee569.dll");

    /// <summary>The assembly of a program below Programs/ of the test project, which its project file names as metadata.</summary>
    public static string Built(string name) =>
        typeof(ChildProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == name).Value!;

    /// <summary>Starts a .NET program.</summary>
    public static Process Start(string assembly, params string[] arguments) => Launch(new ProcessStartInfo("dotnet", [assembly, .. arguments]));

    /// <summary>Starts a .NET program that Ctrl-C stops. A shell's background jobs, such as a test run started with '&amp;', hand on that they ignore SIGINT; env (of GNU) undoes it.</summary>
    public static Process StartInterruptible(string assembly, params string[] arguments) =>
        OperatingSystem.IsLinux() ? Launch(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", assembly, .. arguments])) : Start(assembly, arguments);

    /// <summary>Starts any program, its two outputs redirected.</summary>
    public static Process Launch(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        return Process.Start(start)!;
    }

    /// <summary>Runs a .NET program to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string assembly, params string[] arguments) => Finish(Start(assembly, arguments));

    /// <summary>Runs any program that must succeed; returns what it printed.</summary>
    public static string Succeed(string folder, string program, params string[] arguments)
    {
        (int exitCode, string output, string error) = Finish(Launch(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder }));
        Assert.AreEqual(0, exitCode, $"{program} {string.Join(' ', arguments)}\n{output}{error}");
        return output;
    }

    /// <summary>Runs to the end as a user who may not override permissions: root without its capabilities, or whoever runs the tests.</summary>
    public static (int ExitCode, string Output, string Error) RunWithoutPrivileges(string assembly, params string[] arguments) => Finish(
        OperatingSystem.IsLinux() && Environment.UserName == "root"
            ? Launch(new ProcessStartInfo("setpriv", ["--bounding-set=-all", "--inh-caps=-all", "dotnet", assembly, .. arguments]))
            : Start(assembly, arguments));

    /// <summary>Kills the program a while after a line of its error stream that begins so, unless it ends before; returns how long it ran after that line.</summary>
    public static TimeSpan RunAndKill(string line, TimeSpan after, string assembly, params string[] arguments)
    {
        using Process process = Start(assembly, arguments);
        _ = process.StandardOutput.ReadToEndAsync();
        string? read;
        do
        {
            read = process.StandardError.ReadLine();
        }
        while (read?.StartsWith(line, StringComparison.Ordinal) == false);

        var clock = Stopwatch.StartNew();
        _ = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(after))
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        Assert.IsNotNull(read, $"No line of {assembly} begins with '{line}'.");
        return clock.Elapsed;
    }

    /// <summary>Sends a Unix signal, such as <c>INT</c>.</summary>
    public static void Signal(Process process, string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end; disposes the process.</summary>
    public static (int ExitCode, string Output, string Error) Finish(Process process) => FinishAsync(process).GetAwaiter().GetResult();

    /// <inheritdoc cref="Finish"/>
    public static async Task<(int ExitCode, string Output, string Error)> FinishAsync(Process process)
    {
        using (process)
        {
            Task<string> error = process.StandardError.ReadToEndAsync(), output = process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await error);
        }
    }
}
