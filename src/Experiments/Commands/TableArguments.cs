using System.CommandLine;

namespace EE569.Experiments.Commands;

/// <summary>The options that name a table and its columns.</summary>
internal sealed class TableArguments
{
    private readonly bool _required;
    private readonly ReadingArguments _reading = new();
    private readonly Option<string[]> _features = ReadingArguments.Words("--features", "Columns to learn from; all but the label when left out.", "columns");
    private readonly Option<string[]> _numeric = ReadingArguments.Words("--numeric", "Feature columns that are numbers, whatever they look like.", "columns");
    private readonly Option<string[]> _categorical = ReadingArguments.Words("--categorical", "Feature columns whose values are names, to be encoded one-hot.", "columns");
    private readonly Option<string[]> _text = ReadingArguments.Words("--text", "Feature columns of free text.", "columns");
    private readonly Option<string[]> _date = ReadingArguments.Words("--date", "Feature columns of dates.", "columns");
    private readonly Option<string[]> _ignored = ReadingArguments.Words("--ignore", "Columns to leave out.", "columns");

    public TableArguments(bool required)
    {
        _required = required;
        Data = new Option<string?>("--data") { Description = "CSV or Parquet file, gzip or not; - for standard input.", HelpName = "file", Required = required };
        Label = new Option<string?>("--label") { Description = "Column with the classes, or the numbers to predict.", HelpName = "column", Required = required };
    }

    public Option<string?> Data { get; }

    public Option<string?> Label { get; }

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { Data, Label, _features, _numeric, _categorical, _text, _date, _ignored })
        {
            command.Options.Add(option);
        }

        _reading.AddTo(command);
        if (!_required)
        {
            SharedOptions.BelongTogether(command, Data, Label);
        }
    }

    /// <summary>Loads the table the user named.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="isRegression">Whether the label is a number to predict; null when its values are to tell.</param>
    /// <param name="weight">The column that weighs the rows, or null.</param>
    /// <param name="file">What an options file says of the table.</param>
    /// <param name="progress">Hears how the reading comes along.</param>
    public LabeledTable Load(ParseResult parsed, bool? isRegression, string? weight = null, TableSettings? file = null, IProgressReporter? progress = null)
    {
        TableSettings said = _reading.Of(parsed) with
        {
            Features = ReadingArguments.Named(parsed, _features),
            Numeric = ReadingArguments.Named(parsed, _numeric),
            Categorical = ReadingArguments.Named(parsed, _categorical),
            Text = ReadingArguments.Named(parsed, _text),
            Date = ReadingArguments.Named(parsed, _date),
            Ignore = ReadingArguments.Named(parsed, _ignored),
        };
        return LabeledTable.Load(parsed.GetValue(Data)!, (file ?? new TableSettings()).With(said).ToOptions(parsed.GetValue(Label)!, isRegression) with { Weight = weight }, progress);
    }
}
