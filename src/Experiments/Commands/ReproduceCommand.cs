using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 reproduce</c>: runs studies, prints what they found and writes results and report.</summary>
internal sealed class ReproduceCommand
{
    private readonly Argument<string[]> _ids = new("studies") { Description = "Names of studies (see 'ee569 list'); all when left out.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _full = new("--full") { Description = "Run everything at the source's own size." };
    private readonly Option<bool> _quick = new("--quick") { Description = "Run a smaller version of everything in under three minutes (the default)." };
    private readonly Option<string?> _cifar = new("--cifar") { Description = "Folder with CIFAR-10's binary batches; without it softmax-regression uses the digits.", HelpName = "folder" };
    private readonly Option<bool> _download = new("--download-cifar") { Description = "Fetch CIFAR-10 (162 MB) into the folder of --cifar, unless it is there." };
    private readonly Option<int> _seed = SharedOptions.Seed();
    private readonly Option<string> _output = SharedOptions.Output("Folder for the report and all results.", "results");
    private readonly Option<bool> _json = SharedOptions.Json();

    public static Command Create(Screen screen)
    {
        var options = new ReproduceCommand();
        var command = new Command("reproduce", "Repeats the studies and writes a report with every table and figure.")
        {
            options._ids, options._full, options._quick, options._cifar, options._download, options._seed, options._output, options._json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(options._full) && result.GetValue(options._quick))
            {
                result.AddError("--full and --quick exclude each other.");
            }

            if (result.GetValue(options._download) && result.GetValue(options._cifar) is null)
            {
                result.AddError("--download-cifar needs --cifar: the folder to download to.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(() => options.Run(screen, parsed, cancellation), CancellationToken.None));
        return command;
    }

    private async Task<int> Run(Screen screen, ParseResult parsed, CancellationToken cancellation)
    {
        bool json = parsed.GetValue(_json);
        var options = new StudyOptions(parsed.GetValue(_full) ? StudySize.Full : StudySize.Quick, parsed.GetValue(_seed), parsed.GetValue(_cifar));
        IReadOnlyList<IStudy> studies = StudyCatalog.Select(parsed.GetValue(_ids) ?? []);
        string folder = parsed.GetValue(_output)!;
        var results = new ResultFolder(folder);
        results.CheckWritable();
        if (parsed.GetValue(_download))
        {
            await ProgressDisplay.Run(screen, json, progress => new CifarDownload(new Uri(CifarDownload.PublishedAddress), CifarDownload.PublishedMD5, progress).Run(options.CifarFolder!, cancellation));
        }

        var cells = new CellStore(folder, options);
        List<CompletedStudy> completed = ProgressDisplay.Run(screen, json, progress => Complete(studies, new StudyRunner(options, cells, progress), results, cancellation));
        var run = RunDescription.Of(options, studies);
        Print(screen, json, run, results.WriteReport(run, completed), completed);
        if (completed.Count < studies.Count)
        {
            screen.Error.WriteLine($"ee569: stopped; {completed.Count} of {studies.Count} studies are complete. The same command goes on where it stopped.");
            return CommandLine.Cancelled;
        }

        cells.Clear();
        return CommandLine.Success;
    }

    /// <summary>Runs the studies up to the end, or up to the one under way when the user stops; each is written as soon as it is complete.</summary>
    private static List<CompletedStudy> Complete(IReadOnlyList<IStudy> studies, StudyRunner runner, ResultFolder results, CancellationToken cancellation)
    {
        var completed = new List<CompletedStudy>();
        try
        {
            foreach (CompletedStudy study in runner.Run(studies, cancellation))
            {
                completed.Add(study);
                results.Write(study);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // What is complete is reported; the cells of the study under way are kept for the next run.
        }

        return completed;
    }

    private static void Print(Screen screen, bool json, RunDescription run, string report, List<CompletedStudy> completed)
    {
        if (json)
        {
            screen.Line(JsonText.Of(new { run, report, studies = completed.Select(StudyJson.Of) }));
            return;
        }

        completed.ForEach(study => StudyPrinter.Print(screen, study));

        screen.Line($"Report: {report}");
    }
}
