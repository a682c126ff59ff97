using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 inspect</c>: what a saved model consists of, and which columns matter to it.</summary>
internal static class InspectCommand
{
    public static Command Create(Screen screen)
    {
        Option<string> model = SharedOptions.Model();
        var data = new Option<string?>("--data") { Description = "Labelled table: tells how much worse the model gets when a column is shuffled.", HelpName = "file" };
        var label = new Option<string?>("--label") { Description = "Its column with the actual classes or numbers.", HelpName = "column" };
        Option<int> seed = SharedOptions.Seed();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("inspect", "Shows a saved model's columns, classes, steps and layers, the history beside it and, given a table, the importance of its columns.") { model, data, label, seed, json };
        var reading = new ReadingArguments();
        reading.AddTo(command);
        SharedOptions.BelongTogether(command, data, label);
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                bool quiet = parsed.GetValue(json);
                string path = parsed.GetValue(model)!;
                var saved = new SavedModel(path);
                List<Table> tables = [.. SavedModel.Guard($"The model in '{path}' cannot be described", () => ModelDescription.Of(saved)), .. History(path)];
                IReadOnlyList<string> notes = [];
                if (parsed.GetValue(data) is { } file)
                {
                    string column = parsed.GetValue(label)!;
                    tables.Add(ProgressDisplay.Run(screen, quiet, progress =>
                    {
                        Predictions rows = saved.Predict(file, reading.Of(parsed).ToReading(), progress, column);
                        notes = rows.Notes;
                        return PermutationImportance.Of(saved, rows, column, parsed.GetValue(seed), progress, cancellation);
                    }));
                }

                if (quiet)
                {
                    screen.Line(JsonText.Of(tables.ToDictionary(table => table.Name, table => table.ToJson())));
                }
                else
                {
                    tables.ForEach(screen.Table);
                }

                SharedOptions.Notes(screen, notes);
                SharedOptions.Warn(screen, saved.Warnings);
                return CommandLine.Success;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>The history that <c>train</c> wrote beside the model, where it is still there.</summary>
    private static IEnumerable<Table> History(string model)
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, "history.csv");
        return File.Exists(path) ? [TableReader.Read(path, "history")] : [];
    }
}
