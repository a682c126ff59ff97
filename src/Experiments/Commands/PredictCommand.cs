using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 predict</c>: predicts the rows of a table.</summary>
internal static class PredictCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var output = new Option<string?>("--out") { Description = "CSV file for the predictions; standard output when left out.", HelpName = "file" };
        Option<string[]> keep = ReadingArguments.Words("--keep", "Columns of the file, such as an id, to stand before the predictions: words, or one with commas.", "columns");
        Option<bool> json = SharedOptions.Json();
        var reading = new ReadingArguments();
        var command = new Command("predict", "Predicts the rows of a table with a saved model.") { model, data, keep, output, json };
        reading.AddTo(command);
        command.SetAction(parsed =>
        {
            bool quiet = parsed.GetValue(json);
            var saved = new SavedModel(parsed.GetValue(model)!);
            string? path = parsed.GetValue(output);
            string[] notes = [], warnings = [];
            Table predictions = ProgressDisplay.Run(screen, quiet, progress =>
            {
                Predictions found = saved.Predict(parsed.GetValue(data)!, reading.Of(parsed).ToReading(), progress, keep: parsed.GetValue(keep));
                (notes, warnings) = ([.. found.Notes], [.. found.Warnings, .. saved.Warnings]);
                Table table = found.ToTable();
                if (path is not null)
                {
                    var rows = new RowProgress(progress, "writing", table.Rows.Count);
                    OutputFile.WriteText(path, writer => table.WriteCsv(writer, rows.RowDone));
                    rows.End();
                }

                return table;
            });
            if (path is not null)
            {
                screen.Line(quiet ? JsonText.Of(new { rows = predictions.Rows.Count, file = path, warnings = notes.Concat(warnings) }) : $"Wrote {predictions.Rows.Count} predictions to {path}.");
            }
            else if (quiet)
            {
                screen.Line(JsonText.Of(predictions.ToJson()));
            }
            else
            {
                predictions.WriteCsv(screen.Output);
            }

            if (!quiet || path is null)
            {
                SharedOptions.Notes(screen, notes);
                SharedOptions.Warn(screen, warnings);
            }

            return CommandLine.Success;
        });
        return command;
    }
}
