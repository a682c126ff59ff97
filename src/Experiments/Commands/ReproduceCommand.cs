using System.CommandLine;
using EE569.Experiments.Report;
using EE569.Experiments.Studies;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 reproduce</c>: runs studies, prints what they found and writes results and report.</summary>
internal static class ReproduceCommand
{
    public static Command Create(Screen screen)
    {
        var ids = new Argument<string[]>("studies") { Description = "Names of studies (see 'ee569 list'); all when left out.", Arity = ArgumentArity.ZeroOrMore };
        var full = new Option<bool>("--full") { Description = "Run everything at the source's own size." };
        var quick = new Option<bool>("--quick") { Description = "Run a smaller version of everything in under three minutes (the default)." };
        var cifar = new Option<string?>("--cifar") { Description = "Folder with CIFAR-10's binary batches; without it softmax-regression uses the digits.", HelpName = "folder" };
        var svg = new Option<bool>("--svg") { Description = "Also draw every figure as an SVG file (needs Node.js)." };
        Option<int> seed = SharedOptions.Seed();
        Option<string> output = SharedOptions.Output("Folder for the report and all results.", "results");
        Option<bool> json = SharedOptions.Json();
        var command = new Command("reproduce", "Repeats the studies and writes a report with every table and figure.") { ids, full, quick, cifar, svg, seed, output, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(full) && result.GetValue(quick))
            {
                result.AddError("--full and --quick exclude each other.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            StudySize size = parsed.GetValue(full) ? StudySize.Full : StudySize.Quick;
            var options = new StudyOptions(size, parsed.GetValue(seed), parsed.GetValue(cifar));
            IReadOnlyList<IStudy> studies = StudyCatalog.Select(parsed.GetValue(ids) ?? []);
            return Task.Run(() => Run(screen, studies, options, parsed.GetValue(output)!, parsed.GetValue(json), parsed.GetValue(svg), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(
        Screen screen, IReadOnlyList<IStudy> studies, StudyOptions options, string folder, bool json, bool svg, CancellationToken cancellation)
    {
        if (!json)
        {
            screen.Line(MLNetVersion.Describe());
        }

        var results = new ResultFolder(folder);
        results.CheckWritable();
        var cells = new CellStore(folder, options);
        var completed = new List<CompletedStudy>();
        bool stopped = false;
        ProgressDisplay.Run(screen, quiet: json, progress =>
        {
            try
            {
                foreach (CompletedStudy study in new StudyRunner(options, cells, progress).Run(studies, cancellation))
                {
                    completed.Add(study);
                    results.Write(study);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                stopped = true;
            }

            return completed.Count;
        });

        var run = RunDescription.Of(options, studies, MLNetVersion.Describe());
        string report = results.WriteReport(run, completed);
        if (svg)
        {
            SvgRenderer.Render(folder, completed);
        }

        if (json)
        {
            screen.Line(JsonText.Of(new { run, report, studies = completed.Select(StudyJson.Of) }));
        }
        else
        {
            completed.ForEach(study => StudyPrinter.Print(screen, study));
            screen.Line($"Report: {report}");
        }

        if (stopped)
        {
            screen.Error.WriteLine($"ee569: stopped; {completed.Count} of {studies.Count} studies are complete. The same command goes on where it stopped.");
            return CommandLine.Cancelled;
        }

        cells.Clear();
        return CommandLine.Success;
    }
}
