using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary>The options that name a CSV file and its columns.</summary>
internal sealed class TableArguments
{
    private readonly bool _required;

    public TableArguments(bool required)
    {
        _required = required;
        Data = new Option<string?>("--data") { Description = "CSV file with a header line.", HelpName = "file", Required = required };
        Label = new Option<string?>("--label") { Description = "Column with the classes, or the numbers to predict.", HelpName = "column", Required = required };
    }

    public Option<string?> Data { get; }

    public Option<string?> Label { get; }

    private Option<string[]> Features { get; } = Columns("--features", "Columns to learn from; all but the label when left out.");

    private Option<string[]> Categorical { get; } = Columns("--categorical", "Feature columns whose values are names, to be encoded one-hot.");

    private Option<string[]> Ignored { get; } = Columns("--ignore", "Columns to leave out.");

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Data, Label, Features, Categorical, Ignored })
        {
            command.Options.Add(option);
        }

        if (!_required)
        {
            command.Validators.Add(result =>
            {
                if (result.GetValue(Data) is null != result.GetValue(Label) is null)
                {
                    result.AddError("--data and --label belong together: name both or neither.");
                }
            });
        }
    }

    /// <summary>Loads the table the user named.</summary>
    public LabeledTable Load(ParseResult parsed, bool isRegression = false, string? weight = null, IProgressReporter? progress = null) => LabeledTable.Load(
        parsed.GetValue(Data)!,
        new TableOptions(
            parsed.GetValue(Label)!,
            parsed.GetValue(Features) is { Length: > 0 } features ? features : null,
            parsed.GetValue(Categorical) ?? [],
            parsed.GetValue(Ignored) ?? [])
        { IsRegression = isRegression, Weight = weight },
        progress);

    private static Option<string[]> Columns(string name, string description) =>
        new(name) { Description = description, HelpName = "columns", AllowMultipleArgumentsPerToken = true };
}
