using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Quality;
using EE569.Benchmarks.Studies;

namespace EE569.Benchmarks;

/// <summary>The command line: "peers" for the comparison with other libraries, "quality" for errors on real tables, "micro" for BenchmarkDotNet.</summary>
internal static class BenchmarkCommand
{
    public static RootCommand Create() => new("Measures EE569.")
    {
        CreatePeers(),
        QualityCommand.Create(),
        CreateMicro(),
        CreateTrainCsv(),
        CreateBlasSpeed(),
    };

    private static Command CreatePeers()
    {
        var quick = new Option<bool>("--quick") { Description = "Fewer repetitions." };
        var smoke = new Option<bool>("--smoke") { Description = "Tiny sizes, one repetition: does everything work? Times mean nothing." };
        var studies = new Option<string[]>("--studies") { Description = "Studies or parts of them to measure; the page joins them with what earlier runs left. All without it.", AllowMultipleArgumentsPerToken = true };
        var resume = new Option<bool>("--resume") { Description = "Leave out what an earlier run of the same kind has measured." };
        var torchSharp = new Option<bool>("--torchsharp") { Description = "Take TorchSharp rather than PyTorch where it loads; downloads hundreds of megabytes." };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for performance.md.", DefaultValueFactory = _ => new DirectoryInfo("docs") };
        var python = new Option<string[]>("--python") { Description = "Interpreters to look for PyTorch and scikit-learn in.", DefaultValueFactory = _ => ["python3", "/usr/bin/python3"] };
        var command = new Command("peers", "Trains and scores with EE569 and with the peers that are installed, in turn, and writes performance.md.")
        {
            quick, smoke, studies, resume, torchSharp, output, python,
        };
        command.SetAction(result =>
        {
            try
            {
                new PeerRun(
                    result.GetValue(quick), result.GetValue(smoke), result.GetValue(studies) ?? [], result.GetValue(resume), result.GetValue(torchSharp),
                    result.GetValue(output)!.FullName, result.GetValue(python)!).Execute();
                return 0;
            }
            catch (InvalidOperationException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    /// <summary>What the search for OpenBLAS's fastest kernels starts as another process.</summary>
    private static Command CreateBlasSpeed()
    {
        var command = new Command(OpenBlasKernels.CommandName, "Prints the GFLOP/s of a product by OpenBLAS.") { Hidden = true };
        command.SetAction(_ => OpenBlasKernels.PrintSpeed());
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
