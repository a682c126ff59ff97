using Microsoft.Data.Analysis;

namespace EE569.Experiments.Tables;

/// <summary>A CSV file with a label, loaded as a DataFrame and ready for an ML.NET pipeline.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Frame">Numeric features as Single, everything else as text.</param>
/// <param name="Label">The label column: text, or for regression Single.</param>
/// <param name="Numeric">The numeric feature columns.</param>
/// <param name="Categorical">The categorical feature columns.</param>
/// <param name="Classes">The class names; with two, the second is the positive one. None for regression.</param>
internal sealed record LabeledTable(
    string Name, DataFrame Frame, string Label, IReadOnlyList<string> Numeric, IReadOnlyList<string> Categorical, IReadOnlyList<string> Classes)
{
    /// <summary>The class of each row.</summary>
    public IEnumerable<string> Labels => (StringDataFrameColumn)Frame.Columns[Label];

    /// <summary>The name for the vector of all features.</summary>
    public string FeatureVector => Unused("Features");

    /// <summary>The name for the label that trainers learn from. The user's own may be Score, say, which trainers write.</summary>
    public string TrainingLabel => Unused("Label to learn");

    public bool IsBinary => Classes.Count == 2;

    public long Rows => Frame.Rows.Count;

    /// <summary>Checks the file and loads it; every fault is a <see cref="UserException"/> that names it.</summary>
    public static LabeledTable Load(string path, TableOptions options, IProgressReporter? progress = null)
    {
        using var file = new CsvFile(path, progress ?? new SilentProgress());
        file.Require(options.Label);
        string[] names = SelectFeatures(file, options);
        string[] weights = options.Weight is null ? [] : [file.Require(options.Weight)];
        var wanted = names.Concat(weights).ToHashSet();
        CellKind KindOf(string name) => name == options.Label
            ? options.IsRegression ? CellKind.Number : CellKind.Text
            : !wanted.Contains(name) ? CellKind.Ignored : options.Categorical.Contains(name) ? CellKind.Text : CellKind.Number;

        var columns = file.Read(KindOf, options.Label).ToDictionary(column => column.Name);
        Array.ForEach(weights, name => CheckWeight(path, columns[name], options));
        CheckLabel(path, columns[options.Label], options.IsRegression);
        Array.ForEach(names, name => CheckFeature(path, columns[name], options.Categorical.Contains(name)));
        return new LabeledTable(
            Path.GetFileNameWithoutExtension(path),
            new DataFrame(names.Concat(weights).Append(options.Label).Select(name => columns[name].Values)),
            options.Label,
            [.. names.Where(name => !options.Categorical.Contains(name))],
            [.. names.Where(options.Categorical.Contains)],
            options.IsRegression ? [] : columns[options.Label].DistinctValues);
    }

    /// <summary>The rows with the label as a Boolean column, as binary trainers learn from: whether it is the second class.</summary>
    public DataFrame WithBooleanLabel() => WithLabel(new BooleanDataFrameColumn(TrainingLabel, Labels.Select(value => value == Classes[1])));

    /// <summary>The rows with the class names in the column <see cref="TrainingLabel"/>.</summary>
    public DataFrame WithTextLabel() => WithLabel(new StringDataFrameColumn(TrainingLabel, Labels));

    /// <summary>The rows with another label column in place of the user's.</summary>
    public DataFrame WithLabel(DataFrameColumn label) => new(Frame.Columns.Where(column => column.Name != Label).Append(label));

    /// <summary>The name itself, or with a number behind it the first that no column has.</summary>
    public string Unused(string name) => new[] { name }.Concat(Enumerable.Range(2, Frame.Columns.Count).Select(number => $"{name} {number}"))
        .First(candidate => Frame.Columns.All(column => column.Name != candidate));

    private static void CheckLabel(string path, CsvColumn label, bool isRegression)
    {
        string where = $"'{path}': label column '{label.Name}'";
        if (label.Missing > 0)
        {
            throw new UserException($"{where} has no value in line {label.FirstMissingLine} ({label.Missing} rows in all). Fill it, or remove the rows.");
        }

        if (isRegression && label.FirstText is { } text)
        {
            throw new UserException($"{where} must hold finite numbers to predict, but line {text.Line} has '{Shortened(text.Value)}'. For classes choose another trainer.");
        }

        if (label.DistinctValues is [var only])
        {
            throw new UserException($"{where} holds only '{only}'; at least two {(isRegression ? "values" : "classes")} are needed.");
        }

        if (!isRegression && label.HasTooManyValues)
        {
            throw new UserException($"{where} has more than {CsvColumn.MostDistinctValues} different values, too many for classes. To predict numbers, train with --trainer mlp-regression.");
        }
    }

    private static string[] SelectFeatures(CsvFile file, TableOptions options)
    {
        // Looking each up makes a misspelt name an error.
        foreach (string name in options.Ignored.Concat(options.Categorical).Concat(options.Features ?? []))
        {
            file.Require(name);
        }

        string[] features = [.. (options.Features ?? file.Header).Where(name => name != options.Label && name != options.Weight && !options.Ignored.Contains(name)).Distinct()];
        return features.Length > 0 ? features : throw new UserException($"'{file.Path}' has no feature columns besides the label '{options.Label}'.");
    }

    private static void CheckFeature(string path, CsvColumn column, bool isCategorical)
    {
        string leaveOut = $"Leave it out with --ignore \"{column.Name}\"";
        if (!isCategorical && column.FirstText is { } text)
        {
            string remedy = column.Kind == "is not numeric" ? $"name it with --categorical \"{column.Name}\"" : "turn it into numbers";
            throw new UserException($"'{path}': feature column '{column.Name}' {column.Kind}: line {text.Line} has '{Shortened(text.Value)}'. {leaveOut}, or {remedy}.");
        }

        if (column.Numbers == 0 && column.FirstText is null)
        {
            throw new UserException($"'{path}': feature column '{column.Name}' has no value in any row. {leaveOut}.");
        }
    }

    private static void CheckWeight(string path, CsvColumn weight, TableOptions options)
    {
        string where = $"'{path}': column '{weight.Name}' of the weights";
        if (weight.Name == options.Label || options.Categorical.Contains(weight.Name))
        {
            throw new UserException($"{where} cannot be {(weight.Name == options.Label ? "the label" : "categorical")} as well.");
        }

        if (weight.FirstText is { } text)
        {
            throw new UserException($"{where} must be numeric, but line {text.Line} has '{Shortened(text.Value)}'.");
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
