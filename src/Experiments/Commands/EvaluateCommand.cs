using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 evaluate</c>: holds a saved model against the labels of a CSV file.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var label = new Option<string>("--label") { Description = "Column with the actual classes or numbers.", HelpName = "column", Required = true };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("evaluate", "Evaluates a saved model on a labelled CSV file.") { model, data, label, json };
        command.SetAction(parsed =>
        {
            bool quiet = parsed.GetValue(json);
            var saved = new SavedModel(parsed.GetValue(model)!);
            Predictions predictions = ProgressDisplay.Run(screen, quiet, progress => saved.Predict(parsed.GetValue(data)!, progress, parsed.GetValue(label)));
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
