using System.Runtime.InteropServices;
using EE569.Benchmarks.Report;
using EE569.Engine.Kernels;

namespace EE569.Benchmarks.Machine;

/// <summary>Where the measurements were taken, and with which versions.</summary>
internal sealed record MachineDescription(string Processor, int Processors, double Load, double PeakGigaflops, IReadOnlyList<(string Name, string Version)> Versions)
{
    public static MachineDescription Describe(IEnumerable<(string Name, string Version)> peers) => new(
        ProcessorName(),
        Environment.ProcessorCount,
        LoadAverage(),
        FmaPeak.Measure(),
        [(".NET", Environment.Version.ToString()), .. peers]);

    public string ToMarkdown() =>
        $"""
        {Processor}, {Processors} processors ({RuntimeInformation.ProcessArchitecture}, registers of {InstructionSets.Widest}), {RuntimeInformation.OSDescription}.
        Multiply-add peak of one core, measured by a loop on registers at the start of this run: {Format.Number(PeakGigaflops)} GFLOP/s (single precision).
        Load average at the start: {Format.Number(Load)}{(Load > 0.5 ? " - other work was running on the machine, which disturbs every contender; ratios are from neighbouring runs" : "")}.
        OpenBLAS, which PyTorch and scikit-learn use as well, is told to use its {OpenBlasKernels.Name ?? "own choice of"} kernels: left alone, a release older than the processor falls back to far slower ones.
        Versions: {string.Join(", ", Versions.Select(version => $"{version.Name} {version.Version}"))}.

        """;

    private static string ProcessorName()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }

    private static double LoadAverage() =>
        File.Exists("/proc/loadavg")
            ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}
