namespace EE569.Trainers.Preparation;

/// <summary>The rules that decide what a column holds (docs/preparation.md gives them in words).</summary>
/// <param name="options">The options.</param>
internal sealed class ColumnRules(TableFeaturizingEstimator.Options options)
{
    private const int FewestRowsOfIdentifiers = 20;

    /// <summary>Whole numbers that rise from row to row, with at most so many possible ones per row, do not come from counting or measuring.</summary>
    private const int DenseNumbers = 10;
    private const int FewestRowsOfDenseNumbers = 200;
    private const double FewestWordsOfText = 3;
    private const double SmallestDistinctShareOfText = 0.3;
    private const double SmallestDistinctShareOfIdentifiers = 0.95;
    private const double SmallestDistinctShareOfNamedIdentifiers = 0.9;
    private const int MostJoinedLevels = 1000;

    /// <summary>Words in the name of a column of identifiers. One without letters has the row names that R and pandas write.</summary>
    private static readonly HashSet<string> Identifiers = ["id", "index", "key", "uuid", "rownames", "unnamed"];

    /// <summary>Words in the name of a column that may rise by one from row to row and yet be measured.</summary>
    private static readonly HashSet<string> Measures = ["year", "month", "week", "day", "date", "hour", "minute", "second", "time", "age", "rank", "ranking", "x", "y", "z", "t"];

    public static ColumnPlan LeaveOut(string name, string reason) => new(name, TableColumnKind.Ignored, 0, 0, 0, false) { Reason = reason };

    public ColumnPlan Decide(ColumnProfile profile) => KindOf(profile) switch
    {
        (TableColumnKind.Number or TableColumnKind.Boolean, _) => OfNumbers(profile),
        (TableColumnKind.Category, _) => OfCategories(profile),
        (TableColumnKind.Date, _) => OfDates(profile),
        (TableColumnKind.Text, _) => Plan(profile, TableColumnKind.Text, profile.Texts.Distinct, profile.Texts.More, profile.Empty),
        var (kind, reason) => LeftOut(profile, kind, reason!),
    };

    private static (TableColumnKind Kind, string? Reason) KindOf(ColumnProfile profile)
    {
        if (profile.Given is { } given)
        {
            return (given, "told to");
        }

        return profile.IsText && profile.Texts.Count > 0 ? (profile.AllNumbers, profile.AllDates) switch
        {
            (true, _) => OfNumber(profile),
            (_, true) => (TableColumnKind.Date, null),
            _ => OfText(profile),
        } : profile.DistinctDates > 0 ? (TableColumnKind.Date, null) : OfNumber(profile);
    }

    private static (TableColumnKind Kind, string? Reason) OfNumber(ColumnProfile profile)
    {
        var numbers = profile.Numbers;
        return numbers switch
        {
            { Count: 0 } => (TableColumnKind.Constant, "no values"),
            { Distinct: 1 } when profile.Empty == 0 => (TableColumnKind.Constant, "one value"),
            { Distinct: <= 2, More: false } => (TableColumnKind.Boolean, null),
            { AllWhole: true, DistinctShare: >= SmallestDistinctShareOfNamedIdentifiers, Count: >= FewestRowsOfIdentifiers }
                when Words(profile.Name) is var words && (words.Any(Identifiers.Contains) || (words.Length == 0 && numbers.DistinctShare == 1)) =>
                (TableColumnKind.Identifier, "an identifier by its name, another number in nearly every row"),
            { AllWhole: true, DistinctShare: 1, Count: >= FewestRowsOfDenseNumbers } when (double)numbers.Max - numbers.Min is var span && (span < numbers.Count || (numbers.AllRising && span < DenseNumbers * (double)numbers.Count))
                && !Words(profile.Name).Any(Measures.Contains) => (TableColumnKind.Identifier, "another number in every row, as row numbers are"),
            _ => (TableColumnKind.Number, null),
        };
    }

    private static (TableColumnKind Kind, string? Reason) OfText(ColumnProfile profile)
    {
        var texts = profile.Texts;
        return texts switch
        {
            { Distinct: 1 } when profile.Empty == 0 => (TableColumnKind.Constant, "one value"),
            { Count: < FewestRowsOfIdentifiers } => (TableColumnKind.Category, null),
            { WordsPerValue: >= FewestWordsOfText, DistinctShare: >= SmallestDistinctShareOfText } => (TableColumnKind.Text, null),
            { DistinctShare: >= SmallestDistinctShareOfIdentifiers } when profile.Empty == 0 => (TableColumnKind.Identifier, "another name in nearly every row"),
            _ => (TableColumnKind.Category, null),
        };
    }

    /// <summary>The words of a column's name, in small letters: two of <c>PassengerId</c>.</summary>
    private static string[] Words(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 && char.IsLower(name[i - 1]) ? $" {c}" : char.IsLetter(c) ? $"{c}" : " "))
        .ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static ColumnPlan Plan(ColumnProfile profile, TableColumnKind kind, int distinct, bool more, long missing) =>
        new(profile.Name, kind, profile.Rows, missing, distinct, more);

    private static ColumnPlan LeftOut(ColumnProfile profile, TableColumnKind kind, string reason) => (profile.IsText
        ? Plan(profile, kind, profile.Texts.Distinct, profile.Texts.More, profile.Empty)
        : Plan(profile, kind, profile.Numbers.Distinct, profile.Numbers.More, profile.Empty)) with
    { Reason = reason };

    private static ColumnPlan OfNumbers(ColumnProfile profile)
    {
        var numbers = profile.Numbers;
        var (center, width) = numbers.Scale();
        return Plan(profile, numbers is { Distinct: <= 2, More: false } ? TableColumnKind.Boolean : TableColumnKind.Number, numbers.Distinct, numbers.More, profile.Empty)
            with
        { Center = center, Width = width };
    }

    private static ColumnPlan OfDates(ColumnProfile profile)
    {
        DatePart[] parts = [.. profile.DateParts.Where(part => part.Value.Distinct > 1)
            .Select(part => part.Value.Scale() is var (center, width) && DatePart.Cycles.ContainsKey(part.Key) ? new DatePart(part.Key) : new(part.Key, center, width))];
        return parts.Length == 0 && (profile.Empty == 0 || profile.DistinctDates == 0)
            ? Plan(profile, TableColumnKind.Constant, profile.DistinctDates, profile.MoreDates, profile.Empty) with { Reason = "one value" }
            : Plan(profile, TableColumnKind.Date, profile.DistinctDates, profile.MoreDates, profile.Empty) with { Parts = parts };
    }

    private ColumnPlan OfCategories(ColumnProfile profile)
    {
        var texts = profile.Texts;
        string[] kept = [.. texts.Counts.Where(level => level.Value >= options.MinimumLevelCount).OrderByDescending(level => level.Value)
            .ThenBy(level => level.Key, StringComparer.Ordinal).Take(options.MaximumLevels).Select(level => level.Key)];
        if (kept.Length == 0 && profile.Empty == 0)
        {
            return LeftOut(profile, TableColumnKind.Identifier, $"no value comes {options.MinimumLevelCount} times");
        }

        string? other = kept.Length < texts.Distinct || texts.More ? Label("(other)") : null;
        string? missing = profile.Empty > 0 ? Label("(missing)") : null;
        return Plan(profile, TableColumnKind.Category, texts.Distinct, texts.More, profile.Empty) with
        {
            Levels = [.. kept.Order(StringComparer.Ordinal), .. other is null ? [] : new[] { other }, .. missing is null ? [] : new[] { missing }],
            Other = other,
            MissingLevel = missing,
            Joined = [.. texts.Counts.Keys.Except(kept).Take(MostJoinedLevels)],
        };

        string Label(string label) => texts.Counts.ContainsKey(label) ? Label($"({label})") : label;
    }
}
