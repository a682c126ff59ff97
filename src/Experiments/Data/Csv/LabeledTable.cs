using EE569.Experiments.Studies;
using EE569.Experiments.Terminal;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Data.Csv;

/// <summary>A CSV file with a label, loaded as a DataFrame and ready for an ML.NET pipeline.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Frame">Numeric features as Single, everything else as text, and for two classes the column <see cref="BinaryLabel"/>.</param>
/// <param name="Label">The label column: text, or for regression Single.</param>
/// <param name="Numeric">The numeric feature columns.</param>
/// <param name="WithMissing">Those of them with missing values.</param>
/// <param name="Categorical">The categorical feature columns.</param>
/// <param name="Classes">The class names; with two, the second is the positive one. None for regression.</param>
internal sealed record LabeledTable(
    string Name, DataFrame Frame, string Label, IReadOnlyList<string> Numeric, IReadOnlyList<string> WithMissing,
    IReadOnlyList<string> Categorical, IReadOnlyList<string> Classes)
{
    /// <summary>The Boolean column that binary trainers learn from: whether the label is the second class.</summary>
    public const string BinaryLabel = "Label is the second class";

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
        IReadOnlyList<string> classes = options.IsRegression ? [] : label.DistinctValues;
        if (classes.Count == 2)
        {
            frame.Columns.Add(new BooleanDataFrameColumn(BinaryLabel, ((StringDataFrameColumn)frame.Columns[label.Name]).Select(value => value == classes[1])));
        }

        return new LabeledTable(
            Path.GetFileNameWithoutExtension(path),
            frame,
            label.Name,
            [.. numeric.Select(column => column.Name)],
            [.. numeric.Where(column => column.Missing > 0).Select(column => column.Name)],
            categorical,
            classes);
    }

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
