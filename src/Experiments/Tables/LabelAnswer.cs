namespace EE569.Experiments.Tables;

/// <summary>What a label column holds.</summary>
/// <param name="Column">The column: text, or for numbers to predict Single.</param>
/// <param name="Classes">The class names in ordinal order, by size when all are numbers; none for numbers to predict.</param>
/// <param name="Notes">What the user should know.</param>
internal sealed record LabelAnswer(LoadedColumn Column, IReadOnlyList<string> Classes, IReadOnlyList<string> Notes)
{
    private const int MostNamed = 5;

    /// <summary>Decides, and checks; a fault is a <see cref="UserException"/>.</summary>
    public static LabelAnswer Of(string path, ColumnReader label)
    {
        string where = $"'{path}': label column '{label.Name}'";
        return label switch
        {
            LabelColumn { IsRegression: true } open => OfNumbers(where, open.Numbers, [$"label '{label.Name}' holds numbers, and {open.Reason}: they are predicted as numbers (regression). --task classification takes each as a class."]),
            LabelColumn { Texts: null } => throw TooMany(where),
            LabelColumn open => OfClasses(where, open.Texts!),
            NumberColumn numbers => OfNumbers(where, numbers, []),
            _ => OfClasses(where, (TextColumn)label),
        };
    }

    private static LabelAnswer OfNumbers(string where, NumberColumn numbers, IReadOnlyList<string> notes)
    {
        if (numbers.Wrong > 0)
        {
            throw new UserException($"{where} must hold finite numbers to predict, but {numbers.WrongCell}. For classes choose --task classification.");
        }

        if (numbers.Infinite > 0)
        {
            throw new UserException($"{where} must hold finite numbers to predict, but line {numbers.FirstInfinite.Line} has '{ColumnReader.Shortened(numbers.FirstInfinite.Value)}'.");
        }

        LoadedColumn column = numbers.Column();
        CheckValues(where, column, "values");
        return new LabelAnswer(column, [], notes);
    }

    private static LabelAnswer OfClasses(string where, TextColumn texts)
    {
        if (texts.Values.Count > LabelColumn.MostClasses)
        {
            throw TooMany(where);
        }

        LoadedColumn column = texts.Column();
        CheckValues(where, column, "classes");
        IEnumerable<(string Name, long Count)> classes = texts.Values.Zip(texts.Uses, (name, use) => (name, use.Count));
        string[] rare = [.. classes.Where(one => one.Count < 2).Select(one => $"'{ColumnReader.Shortened(one.Name)}'")];
        var notes = new List<string>(Alike(texts.Values));
        if (rare.Length > 0)
        {
            string more = rare.Length > MostNamed ? $" and {rare.Length - MostNamed} more" : "";
            notes.Add($"label '{texts.Name}' has classes of one row: {string.Join(", ", rare.Take(MostNamed))}{more}. One row can be learnt from or held out, not both: add rows, or leave such classes out.");
        }

        return new LabelAnswer(column, InOrder(texts.Values), notes);
    }

    /// <summary>Classes that people would take for one.</summary>
    private static IEnumerable<string> Alike(IEnumerable<string> classes) => classes.GroupBy(Key).Where(group => group.Count() > 1)
        .Select(group => $"the classes {string.Join(" and ", group.Select(name => $"'{ColumnReader.Shortened(name)}'"))} differ only in {(group.DistinctBy(name => name.Trim()).Count() == 1 ? "blanks" : group.DistinctBy(Folded).Count() == 1 ? "case or blanks" : "how the number is written")}. Should they be one?");

    private static string Key(string name) => double.TryParse(name, CultureInfo.InvariantCulture, out double number) ? number.ToString(CultureInfo.InvariantCulture) : Folded(name);

    private static string Folded(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();

    private static string[] InOrder(IEnumerable<string> classes) => classes.All(name => double.TryParse(name, CultureInfo.InvariantCulture, out _))
        ? [.. classes.OrderBy(name => double.Parse(name, CultureInfo.InvariantCulture)).ThenBy(name => name, StringComparer.Ordinal)]
        : [.. classes.Order(StringComparer.Ordinal)];

    private static void CheckValues(string where, LoadedColumn column, string things)
    {
        if (column.Missing > 0)
        {
            throw new UserException($"{where} has no value in line {column.FirstMissingLine} ({column.Missing} rows in all{(column.Note is { } note ? $"; {note}" : "")}). Fill it, or remove the rows.");
        }

        if (column.Distinct < 2)
        {
            throw new UserException($"{where} holds only '{(column.Values.Length > 0 ? Convert.ToString(column.Values[0], CultureInfo.InvariantCulture) : "")}'; at least two {things} are needed.");
        }
    }

    private static UserException TooMany(string where) => new(
        $"{where} has more than {LabelColumn.MostClasses} different values, too many for classes. To predict numbers, train with --task regression.");
}
