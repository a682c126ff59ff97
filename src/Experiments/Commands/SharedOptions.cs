using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary>Options that several commands have, defined once.</summary>
internal static class SharedOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document for programs instead of text." };

    /// <summary>Tells what the user should know of the data.</summary>
    public static void Notes(Screen screen, IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            screen.Error.WriteLine($"ee569: note: {note}");
        }
    }

    public static Option<string?> Task()
    {
        var task = new Option<string?>("--task") { Description = "What the label holds; its values tell when left out.", HelpName = $"{TableSettings.Classification}|{TableSettings.Regression}" };
        task.AcceptOnlyFromAmong(TableSettings.Classification, TableSettings.Regression);
        return task;
    }

    /// <summary>Refuses a table without its label, or a label without its table.</summary>
    public static void BelongTogether(Command command, Option<string?> data, Option<string?> label) => command.Validators.Add(result =>
    {
        if (result.GetValue(data) is null != result.GetValue(label) is null)
        {
            result.AddError("--data and --label belong together: name both or neither.");
        }
    });

    public static Option<int> Seed() => new("--seed") { Description = "Governs all random numbers.", DefaultValueFactory = _ => 1 };

    public static Option<string> Output(string description, string byDefault) =>
        new("--out") { Description = description, DefaultValueFactory = _ => byDefault, HelpName = "path" };

    /// <summary>Warnings for the reader of a terminal; JSON has them where it is one object.</summary>
    public static void Warn(Screen screen, IEnumerable<string> warnings)
    {
        foreach (string warning in warnings)
        {
            screen.Error.WriteLine($"ee569: warning: {warning}");
        }
    }

    public static Option<string> Model() => new("--model") { Description = "The model.zip that 'train' wrote.", HelpName = "file", Required = true };

    public static Option<string> Data() => new("--data") { Description = "CSV or Parquet file with the model's feature columns, gzip or not; - for standard input.", HelpName = "file", Required = true };
}
