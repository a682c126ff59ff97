using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 evaluate</c>: holds a saved model against the labels of a table.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var label = new Option<string>("--label") { Description = "Column with the actual classes or numbers.", HelpName = "column", Required = true };
        Option<bool> json = SharedOptions.Json();
        var reading = new ReadingArguments();
        var command = new Command("evaluate", "Evaluates a saved model on a labelled table.") { model, data, label, json };
        reading.AddTo(command);
        command.SetAction(parsed =>
        {
            bool quiet = parsed.GetValue(json);
            var saved = new SavedModel(parsed.GetValue(model)!);
            Predictions predictions = ProgressDisplay.Run(screen, quiet, progress => saved.Predict(parsed.GetValue(data)!, reading.Of(parsed).ToReading(), progress, parsed.GetValue(label)));
            SharedOptions.Notes(screen, predictions.Notes);
            Print(screen, predictions.Evaluate(parsed.GetValue(label)!), quiet);
            return CommandLine.Success;
        });
        return command;
    }

    private static void Print(Screen screen, IEvaluation evaluation, bool json)
    {
        if (json)
        {
            screen.Line(JsonText.Of(evaluation.Json));
            return;
        }

        screen.Line(evaluation.Summary);
        if (evaluation.Details is { } details)
        {
            screen.Line();
            screen.Table(details);
        }
    }
}
