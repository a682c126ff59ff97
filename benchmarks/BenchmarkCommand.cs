using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using EE569.Benchmarks.Studies;

namespace EE569.Benchmarks;

/// <summary>The command line: "peers" for the comparison with other libraries, "micro" for BenchmarkDotNet.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create() => new("Measures EE569.")
    {
        CreatePeers(),
        CreateMicro(),
        CreateTrainCsv(),
    };

    private static Command CreatePeers()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer repetitions." };
        var smoke = new Option<bool>("--smoke") { Description = "Tiny sizes, one repetition: does everything work? Times mean nothing." };
        var workloads = new Option<string[]>("--workloads") { Description = "Names of the workloads and studies to run; all without it.", AllowMultipleArgumentsPerToken = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for performance.md and images/.", DefaultValueFactory = _ => new DirectoryInfo("docs") };
        var python = new Option<string[]>("--python") { Description = "Interpreters to look for PyTorch and scikit-learn in.", DefaultValueFactory = _ => ["python3", "/usr/bin/python3"] };
        var command = new Command("peers", "Trains the workloads with EE569 and with the peers that are installed, in turn, and writes performance.md.")
        {
            quick, smoke, workloads, output, python,
        };
        command.SetAction(result => PeerRun.Execute(new PeerRunOptions(
            result.GetValue(quick),
            result.GetValue(smoke),
            result.GetValue(workloads) ?? [],
            result.GetValue(output)!.FullName,
            result.GetValue(python)!)));
        return command;
    }

    /// <summary>What the study of streaming starts as another process.</summary>
    private static Command CreateTrainCsv()
    {
        var file = new Argument<string>("file") { Description = "The CSV file." };
        var rows = new Argument<int>("rows") { Description = "The most rows kept in memory." };
        var command = new Command(CsvTraining.CommandName, "Trains from a CSV file and prints the speed and the peak of memory.") { file, rows };
        command.Hidden = true;
        command.SetAction(result => CsvTraining.Run(result.GetValue(file)!, result.GetValue(rows)));
        return command;
    }

    private static Command CreateMicro()
    {
        var arguments = new Argument<string[]>("arguments") { Description = "Arguments of BenchmarkDotNet.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("micro", "Runs the micro-benchmarks with BenchmarkDotNet.") { arguments };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(result =>
        {
            // BenchmarkDotNet builds the project again for every job, which a busy machine does not do in its two minutes.
            IConfig config = ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)).WithArtifactsPath(Path.Combine("artifacts", "micro"));
            BenchmarkSwitcher.FromAssembly(typeof(BenchmarkCommand).Assembly).Run([.. result.GetValue(arguments) ?? [], .. result.UnmatchedTokens], config);
        });
        return command;
    }
}
