using System.CommandLine;
using EE569.Experiments.Models;
using EE569.Experiments.Results;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 predict</c>: classifies the rows of a CSV file.</summary>
internal static class PredictCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var output = new Option<string?>("--out") { Description = "CSV file for the predictions; standard output when left out.", HelpName = "file" };
        var command = new Command("predict", "Classifies the rows of a CSV file with a saved model.") { model, data, output };
        command.SetAction(parsed =>
        {
            Table predictions = new SavedModel(parsed.GetValue(model)!).Predict(parsed.GetValue(data)!).ToTable();
            if (parsed.GetValue(output) is { } path)
            {
                AtomicFile.WriteText(path, predictions.WriteCsv);
                screen.Line($"Wrote {predictions.Rows.Count} predictions to {path}.");
            }
            else
            {
                predictions.WriteCsv(screen.Output);
            }

            return CommandLine.Success;
        });
        return command;
    }
}
