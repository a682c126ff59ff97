using EE569.Experiments.Studies;
using EE569.Experiments.Terminal;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Data.Csv;

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
    /// <summary>The name for the vector of all features.</summary>
    public string FeatureVector => Unused("Features");

    /// <summary>The name for the label that trainers learn from. The user's own may be Score, say, which trainers write.</summary>
    public string TrainingLabel => Unused("Label to learn");

    public bool IsBinary => Classes.Count == 2;

    public long Rows => Frame.Rows.Count;

    /// <summary>Checks the file and loads it; every fault is a <see cref="UserException"/> that names it.</summary>
    public static LabeledTable Load(string path, TableOptions options, IProgressReporter? progress = null)
    {
        var file = new CsvFile(path, progress ?? new SilentProgress());
        CsvProfile profile = file.Scan();
        ColumnProfile label = CheckLabel(profile, options);
        ColumnProfile[] features = SelectFeatures(profile, options);
        string[] categorical = [.. features.Select(column => column.Name).Where(options.Categorical.Contains)];
        ColumnProfile[] numeric = [.. features.Where(column => !categorical.Contains(column.Name))];
        CheckFeatures(path, numeric, features);

        var numbers = numeric.Select(column => column.Name).ToHashSet();
        if (options.IsRegression)
        {
            numbers.Add(label.Name);
        }

        DataFrame frame = file.Load(profile.Columns.Select(column => numbers.Contains(column.Name)));
        return new LabeledTable(
            Path.GetFileNameWithoutExtension(path),
            frame,
            label.Name,
            [.. numeric.Select(column => column.Name)],
            categorical,
            options.IsRegression ? [] : label.DistinctValues);
    }

    /// <summary>The rows with the label as a Boolean column, as binary trainers learn from: whether it is the second class.</summary>
    public DataFrame WithBooleanLabel() => WithLabel(new BooleanDataFrameColumn(TrainingLabel, Texts.Select(value => value == Classes[1])));

    /// <summary>The rows with the class names in the column <see cref="TrainingLabel"/>.</summary>
    public DataFrame WithTextLabel() => WithLabel(new StringDataFrameColumn(TrainingLabel, Texts));

    /// <summary>The rows with another label column in place of the user's.</summary>
    public DataFrame WithLabel(DataFrameColumn label) => new(Frame.Columns.Where(column => column.Name != Label).Append(label));

    /// <summary>The name itself, or with a number behind it the first that no column has.</summary>
    public string Unused(string name) => new[] { name }.Concat(Enumerable.Range(2, Frame.Columns.Count).Select(number => $"{name} {number}"))
        .First(candidate => Frame.Columns.All(column => column.Name != candidate));

    private IEnumerable<string> Texts => (StringDataFrameColumn)Frame.Columns[Label];

    private static ColumnProfile CheckLabel(CsvProfile profile, TableOptions options)
    {
        ColumnProfile label = profile[options.Label];
        if (label.Missing > 0)
        {
            throw new UserException($"'{profile.Path}': label column '{label.Name}' has no value in line {label.FirstMissingLine} ({label.Missing} rows in all). Fill it, or remove the rows.");
        }

        if (!label.HasTooManyValues && label.DistinctValues.Count == 1)
        {
            throw new UserException($"'{profile.Path}': label column '{label.Name}' holds only '{label.DistinctValues[0]}'; at least two {(options.IsRegression ? "values" : "classes")} are needed.");
        }

        if (options.IsRegression && label.FirstText is { } text)
        {
            throw new UserException($"'{profile.Path}': label column '{label.Name}' must hold numbers to predict, but line {text.Line} has '{Shortened(text.Value)}'. For classes choose another trainer.");
        }

        return options.IsRegression || !label.HasTooManyValues
            ? label
            : throw new UserException($"'{profile.Path}': label column '{label.Name}' has more than {ColumnProfile.MostDistinctValues} different values, too many for classes. To predict numbers, train with --trainer mlp-regression.");
    }

    private static ColumnProfile[] SelectFeatures(CsvProfile profile, TableOptions options)
    {
        // Looking each up makes a misspelt name an error.
        string[] ignored = [.. options.Ignored.Select(name => profile[name].Name)];
        _ = options.Categorical.Select(name => profile[name]).ToArray();
        IEnumerable<ColumnProfile> chosen = options.Features?.Select(name => profile[name]) ?? profile.Columns;
        ColumnProfile[] features = [.. chosen.Where(column => column.Name != options.Label && !ignored.Contains(column.Name))];
        return features.Length > 0 ? features : throw new UserException($"'{profile.Path}' has no feature columns besides the label '{options.Label}'.");
    }

    private static void CheckFeatures(string path, ColumnProfile[] numeric, ColumnProfile[] features)
    {
        foreach (ColumnProfile column in numeric)
        {
            if (column.FirstText is { } text)
            {
                string kind = column.LooksLikeDate ? "holds dates" : "is not numeric";
                string remedy = column.LooksLikeDate ? "turn it into numbers" : $"name it with --categorical \"{column.Name}\"";
                throw new UserException($"'{path}': feature column '{column.Name}' {kind}: line {text.Line} has '{Shortened(text.Value)}'. Leave it out with --ignore \"{column.Name}\", or {remedy}.");
            }
        }

        foreach (ColumnProfile column in features)
        {
            if (column.Numbers == 0 && column.FirstText is null)
            {
                throw new UserException($"'{path}': feature column '{column.Name}' has no value in any row. Leave it out with --ignore \"{column.Name}\".");
            }
        }
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
