using System.CommandLine;
using EE569.Experiments.Models;
using EE569.Experiments.Results;
using EE569.Experiments.Statistics;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 evaluate</c>: holds a saved model against the labels of a CSV file.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model(), data = SharedOptions.Data();
        var label = new Option<string>("--label") { Description = "Column with the actual classes.", HelpName = "column", Required = true };
        Option<bool> json = SharedOptions.Json();
        var command = new Command("evaluate", "Evaluates a saved model on a labelled CSV file.") { model, data, label, json };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(data)!;
            Predictions predictions = new SavedModel(parsed.GetValue(model)!).Predict(path);
            Print(screen, predictions, predictions.Actual(path, parsed.GetValue(label)!), parsed.GetValue(json));
            return CommandLine.Success;
        });
        return command;
    }

    private static void Print(Screen screen, Predictions predictions, string[] actual, bool json)
    {
        string[] classes = [.. predictions.Classes];
        int[][] confusion = [.. classes.Select(_ => new int[classes.Length])];
        double logLoss = 0;
        for (int row = 0; row < actual.Length; row++)
        {
            int index = Array.IndexOf(classes, actual[row]);
            confusion[index][Array.IndexOf(classes, predictions.Labels[row])]++;
            logLoss -= Math.Log(Math.Max(predictions.Probabilities[row][index], 1e-15)) / actual.Length;
        }

        int right = Enumerable.Range(0, classes.Length).Sum(i => confusion[i][i]);
        double accuracy = (double)right / actual.Length;
        WilsonInterval interval = WilsonInterval.For(right, actual.Length);
        if (json)
        {
            screen.Line(JsonText.Of(new { rows = actual.Length, accuracy, interval.Low, interval.High, logLoss, classes, confusion }));
            return;
        }

        screen.Line(FormattableString.Invariant($"{actual.Length} rows: accuracy {accuracy:P2} (95 % interval {interval.Low:P2} to {interval.High:P2}), log-loss {logLoss:F4} nats"));
        screen.Line();
        var table = new Table("confusion", ["actual", .. classes.Select(name => new Column(name)), new("recall", "P1"), new("precision", "P1")]) { Title = "Rows are actual, columns predicted classes" };
        for (int i = 0; i < classes.Length; i++)
        {
            double recall = (double)confusion[i][i] / Math.Max(1, confusion[i].Sum()), precision = (double)confusion[i][i] / Math.Max(1, confusion.Sum(counts => counts[i]));
            table.Add([classes[i], .. confusion[i].Select(count => (object?)count), recall, precision]);
        }

        screen.Table(table);
    }
}
