using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>A table with a label, loaded as a DataFrame and ready for an ML.NET pipeline.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Frame">The features and the label: numbers, yes and no as Single, dates as DateTime, everything else as text.</param>
/// <param name="Label">The label column: text, or for regression Single.</param>
/// <param name="Columns">The feature columns as they were read.</param>
/// <param name="Classes">The class names; with two, the second is the positive one. None for regression.</param>
internal sealed record LabeledTable(string Name, DataFrame Frame, string Label, IReadOnlyList<LoadedColumn> Columns, IReadOnlyList<string> Classes)
{
    /// <summary>How the file is written, in a line.</summary>
    public required string Dialect { get; init; }

    /// <summary>What the user should know of the label and of columns that were left out.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What columns of the frame are to the preparation, where the user says it; what weighs the rows is ignored. Dates say it by their type.</summary>
    public IReadOnlyDictionary<string, TableColumnKind> ColumnKinds { get; init; } = new Dictionary<string, TableColumnKind>();

    /// <summary>The class of each row.</summary>
    public IEnumerable<string> Labels => (StringDataFrameColumn)Frame.Columns[Label];

    /// <summary>The name for the vector of all features.</summary>
    public string FeatureVector => Unused("Features");

    /// <summary>The name for the label that trainers learn from. The user's own may be Score, say, which trainers write.</summary>
    public string TrainingLabel => Unused("Label to learn");

    public bool IsRegression => Classes.Count == 0;

    public bool IsBinary => Classes.Count == 2;

    public long Rows => Frame.Rows.Count;

    /// <summary>Checks the file and loads it; every fault is a <see cref="UserException"/> that names it.</summary>
    public static LabeledTable Load(string path, TableOptions options, IProgressReporter? progress = null)
    {
        using TableFile file = TableFile.Open(path, options.Reading, progress);
        file.Require(options.Label);
        string[] weights = options.Weight is null ? [] : [file.Require(options.Weight)];
        var wanted = SelectFeatures(file, options).Concat(weights).ToHashSet();
        ColumnReader label = options.IsRegression switch
        {
            null => new LabelColumn(options.Label, file.Format, file.ExpectedRows),
            true => new NumberColumn(options.Label, file.Format, file.ExpectedRows, isForced: true),
            false => new TextColumn(options.Label, file.Format, file.ExpectedRows),
        };
        IReadOnlyList<ColumnReader> readers = file.Read(name => wanted.Contains(name) ? options.KindOf(name) : CellKind.Ignored, label);
        var answer = LabelAnswer.Of(path, label);
        var notes = new List<string>(answer.Notes);
        LoadedColumn[] columns = [.. readers.Where(reader => reader != label && reader.Name != options.Weight).Select(reader => Checked(path, reader, notes)).OfType<LoadedColumn>()];
        LoadedColumn[] beside = [.. readers.Where(reader => reader.Name == options.Weight).Select(reader => CheckedWeight(path, reader, options)), answer.Column];
        return columns.Length == 0 ? throw new UserException($"'{path}' has no feature columns with values besides the label '{options.Label}'.")
            : new LabeledTable(
                path == TableSource.StandardInput ? "input" : Path.GetFileNameWithoutExtension(path),
                new DataFrame(columns.Concat(beside).Select(column => column.Values)), options.Label, columns, answer.Classes)
            {
                Dialect = file.Description,
                Notes = notes,
                ColumnKinds = new[] { (options.Numeric, TableColumnKind.Number), (options.Categorical, TableColumnKind.Category), (options.Text, TableColumnKind.Text) }
                    .SelectMany(told => columns.Select(column => column.Name).Intersect(told.Item1).Select(name => (Name: name, Kind: told.Item2)))
                    .Concat(weights.Select(name => (Name: name, Kind: TableColumnKind.Ignored))).ToDictionary(told => told.Name, told => told.Kind),
            };
    }

    /// <summary>The rows with the label as a Boolean column, as binary trainers learn from: whether it is the second class.</summary>
    public DataFrame WithBooleanLabel() => WithLabel(new BooleanDataFrameColumn(TrainingLabel, Labels.Select(value => value == Classes[1])));

    /// <summary>The rows with the class names in the column <see cref="TrainingLabel"/>.</summary>
    public DataFrame WithTextLabel() => WithLabel(new StringDataFrameColumn(TrainingLabel, Labels));

    /// <summary>The rows with another label column in place of the user's.</summary>
    public DataFrame WithLabel(DataFrameColumn label) => new(Frame.Columns.Where(column => column.Name != Label).Append(label));

    /// <summary>The table of some of its rows.</summary>
    public LabeledTable Select(IEnumerable<int> rows) => this with { Frame = Frame[rows] };

    /// <summary>The name itself, or with a number behind it the first that no column has.</summary>
    public string Unused(string name) => new[] { name }.Concat(Enumerable.Range(2, Frame.Columns.Count).Select(number => $"{name} {number}"))
        .First(candidate => Frame.Columns.All(column => column.Name != candidate));

    private static string[] SelectFeatures(TableFile file, TableOptions options)
    {
        // Looking each up makes a misspelt name an error.
        IEnumerable<string>[] named = [options.Ignored, options.Numeric, options.Categorical, options.Text, options.Date];
        foreach (string name in named.SelectMany(names => names).Concat(options.Features ?? []))
        {
            file.Require(name);
        }

        if (named.SelectMany(names => names.Distinct()).CountBy(name => name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
        {
            throw new UserException($"Column '{twice}' is named by more than one of --ignore, --numeric, --categorical, --text and --date.");
        }

        string[] features = [.. (options.Features ?? file.Header).Where(name => name != options.Label && name != options.Weight && !options.Ignored.Contains(name)).Distinct()];
        return features.Length > 0 ? features : throw new UserException($"'{file.Path}' has no feature columns besides the label '{options.Label}'.");
    }

    /// <summary>The column, or null when it has no value; an error when it is not what the user says.</summary>
    private static LoadedColumn? Checked(string path, ColumnReader reader, List<string> notes)
    {
        if (reader.Wrong > 0)
        {
            throw new UserException($"'{path}': column '{reader.Name}' is to hold {Words(reader.Kind)}, but {reader.WrongCell}. Put it right, or name what stands for a missing value with --missing.");
        }

        if (reader is DateColumn { IsAmbiguous: true })
        {
            throw new UserException($"'{path}': column '{reader.Name}' is to hold dates, but none tells whether the day or the month comes first. Write them as 2015-12-31.");
        }

        LoadedColumn column = reader.Column();
        if (column.Distinct > 0)
        {
            return column;
        }

        notes.Add($"column '{reader.Name}' has no value in any row and is left out.");
        return null;
    }

    private static LoadedColumn CheckedWeight(string path, ColumnReader weight, TableOptions options)
    {
        string where = $"'{path}': column '{weight.Name}' of the weights";
        return weight.Name == options.Label || options.Categorical.Contains(weight.Name)
            ? throw new UserException($"{where} cannot be {(weight.Name == options.Label ? "the label" : "categorical")} as well.")
            : weight.Wrong > 0 ? throw new UserException($"{where} must be numeric, but {weight.WrongCell}.") : weight.Column();
    }

    private static string Words(CellKind kind) => kind == CellKind.Number ? "numbers" : kind == CellKind.Date ? "dates in one way of writing" : "texts";
}
