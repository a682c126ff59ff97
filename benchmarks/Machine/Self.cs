using System.Diagnostics;

namespace EE569.Benchmarks.Machine;

/// <summary>This program, started once more for something that needs a process of its own.</summary>
internal static class Self
{
    /// <summary>Its standard output is to be read.</summary>
    public static ProcessStartInfo Start(params string[] arguments)
    {
        string program = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(Self).Assembly.Location] : [];
        return new ProcessStartInfo(program, [.. host, .. arguments]) { RedirectStandardOutput = true };
    }
}
