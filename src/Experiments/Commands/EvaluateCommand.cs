using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 evaluate</c>: holds a saved model against the labels of a table.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var label = new Option<string>("--label") { Description = "Column with the actual classes or numbers.", HelpName = "column", Required = true };
        var output = new Option<string?>("--out") { Description = "Folder for evaluation.html with the charts, and their data as CSV; none is written when left out.", HelpName = "folder" };
        Option<bool> json = SharedOptions.Json();
        var reading = new ReadingArguments();
        var command = new Command("evaluate", "Evaluates a saved model on a labelled table.") { model, data, label, output, json };
        reading.AddTo(command);
        command.SetAction(parsed =>
        {
            bool quiet = parsed.GetValue(json);
            string path = parsed.GetValue(data)!, column = parsed.GetValue(label)!;
            string? folder = parsed.GetValue(output);
            if (folder is not null)
            {
                OutputFile.CheckWritable(folder);
            }

            var saved = new SavedModel(parsed.GetValue(model)!);
            Predictions predictions = ProgressDisplay.Run(screen, quiet, progress => saved.Predict(path, reading.Of(parsed).ToReading(), progress, column));
            IEvaluation evaluation = predictions.Evaluate(column);
            string[] warnings = [.. predictions.Warnings, .. evaluation.Notes, .. saved.Warnings], all = [.. predictions.Notes, .. warnings];
            IReadOnlyList<string> files = folder is null ? [] : EvaluationPage.Write(folder, parsed.GetValue(model)!, path, column, evaluation, all);
            if (quiet)
            {
                screen.Line(JsonText.Of(JsonText.With(evaluation.Json, new { warnings = all, files })));
                return CommandLine.Success;
            }

            Print(screen, evaluation, files);
            SharedOptions.Notes(screen, predictions.Notes);
            SharedOptions.Warn(screen, warnings);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Print(Screen screen, IEvaluation evaluation, IReadOnlyList<string> files)
    {
        screen.Line(evaluation.Summary);
        screen.Line();
        foreach (Table table in evaluation.Tables)
        {
            screen.Table(table);
        }

        if (files.Count > 0)
        {
            screen.Line($"Wrote {string.Join(", ", files)}.");
        }
    }
}
