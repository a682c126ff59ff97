using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using EE569.Benchmarks.Peers;
using EE569.Engine.Kernels.Lanes;
using EE569.Engine.Networks;
using Microsoft.ML;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace EE569.Benchmarks.Machine;

/// <summary>Where measurements are taken, and with which versions.</summary>
internal static class MachineDescription
{
    /// <summary>Processes that run or wait to run, averaged over the last minute.</summary>
    public static double Load =>
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture) : 0;

    /// <summary>Processor, operating system, versions, and which BLAS the peers use.</summary>
    public static string Describe(PeerSet peers) =>
        $"""
        {DescribeSelf()}
        {string.Join(Environment.NewLine, peers.Describe())}
        {OpenBlasKernels.Describe()}
        """;

    /// <summary>Processor, operating system and versions.</summary>
    public static string DescribeSelf() =>
        $"""
        {ProcessorName()}, {Environment.ProcessorCount} processors ({RuntimeInformation.ProcessArchitecture}, registers of {InstructionSets.Widest}), {RuntimeInformation.OSDescription}.
        .NET {Environment.Version}, {VersionOf(typeof(Network<>))}, {VersionOf(typeof(MLContext))}, {VersionOf(typeof(FastTreeRegressionTrainer))}, {VersionOf(typeof(LightGbmRegressionTrainer))}, {VersionOf(typeof(InferenceSession))}.
        """;

    private static string VersionOf(Type type) =>
        $"{type.Assembly.GetName().Name} {type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]}";

    private static string ProcessorName()
    {
        const string Key = "model name";
        string? line = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(Key, StringComparison.Ordinal)) : null;
        return line is null ? "Processor" : line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
    }
}
