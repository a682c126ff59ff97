using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML;

namespace EE569.Experiments.Report;

/// <summary>What a reader needs to repeat a run: machine, versions, seed and the command.</summary>
internal sealed record RunDescription(
    string Command, string Size, int Seed, string Date, string OperatingSystem, string Processor, string Runtime, string MLNet)
{
    public static RunDescription Of(StudyOptions options, IReadOnlyList<IStudy> studies)
    {
        string ids = studies.Count == StudyCatalog.All.Count ? "" : string.Concat(studies.Select(study => $" {study.Id}"));
        string cifar = options.CifarFolder is null ? "" : $" --cifar {options.CifarFolder}";
        string size = options.Size == StudySize.Full ? "--full" : "--quick";
        return new RunDescription(
            $"ee569 reproduce{ids} {size} --seed {options.Seed}{cifar}",
            options.Size.ToString().ToLowerInvariant(),
            options.Seed,
            DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture),
            RuntimeInformation.OSDescription,
            $"{ProcessorName()}, {Environment.ProcessorCount} logical cores, {RuntimeInformation.ProcessArchitecture}",
            RuntimeInformation.FrameworkDescription,
            $"Microsoft.ML {VersionOf<MLContext>()}");
    }

    /// <summary>What the program runs on.</summary>
    public static string Versions { get; } = $"{RuntimeInformation.FrameworkDescription}; Microsoft.ML {VersionOf<MLContext>()}; EE569 {VersionOf<RunDescription>()}";

    private static string? VersionOf<T>() => typeof(T).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0];

    /// <summary>The processor's name where the system tells it without asking another program.</summary>
    private static string ProcessorName()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string? line = File.Exists(CpuInfo) ? File.ReadLines(CpuInfo).FirstOrDefault(text => text.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim()
            ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER")
            ?? "Processor of unknown name";
    }
}
