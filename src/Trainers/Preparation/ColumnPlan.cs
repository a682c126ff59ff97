namespace EE569.Trainers.Preparation;

/// <summary>What was decided about a column, with all that its treatment needs. A saved model holds the plans as JSON.</summary>
internal sealed record ColumnPlan(string Name, TableColumnKind Kind, long Rows, long Missing, int Distinct, bool More)
{
    /// <summary>Why a column is left out.</summary>
    public string? Reason { get; init; }

    /// <summary>Numbers: the slot is (x - Center) / Width, bent to (-3, 3).</summary>
    public float Center { get; init; }

    /// <inheritdoc cref="Center"/>
    public float Width { get; init; } = 1;

    /// <summary>Categories: the labels of the slots in order; levels, then that of the rare and that of the missing ones, if any.</summary>
    public string[] Levels { get; init; } = [];

    /// <summary>The label of the slot for rare and unseen levels, or null.</summary>
    public string? Other { get; init; }

    /// <summary>The label of the slot for missing values, or null.</summary>
    public string? MissingLevel { get; init; }

    /// <summary>Levels without a slot of their own that training had, as far as they are few.</summary>
    public string[] Joined { get; init; } = [];

    /// <summary>Dates: the parts that vary.</summary>
    public DatePart[] Parts { get; init; } = [];

    /// <summary>Free text: the words that have slots, each in all its spellings.</summary>
    public string[][] Words { get; init; } = [];

    /// <summary>Free text: the pairs of neighbouring words that have slots, by their indices in <see cref="Words"/>.</summary>
    public int[][] Pairs { get; init; } = [];

    /// <summary>Free text: what a word or a pair counts, by slot.</summary>
    public float[] Weights { get; init; } = [];

    public bool IsUsed => Kind < TableColumnKind.Identifier;

    public bool IsNumeric => Kind is TableColumnKind.Number or TableColumnKind.Boolean;

    /// <summary>Whether a slot says that the value is missing (of categories it is a level).</summary>
    public bool HasIndicator => Missing > 0 && (IsNumeric || Kind == TableColumnKind.Date);

    public FeaturizedColumn Describe()
    {
        (int slots, string treatment) = Kind switch
        {
            TableColumnKind.Number or TableColumnKind.Boolean => (1, FormattableString.Invariant($"({Center:G6} is 0, {Width:G6} away is 1)")),
            TableColumnKind.Category => (Levels.Length, $"one-hot{(Other is null ? "" : ", rare and unseen levels joined")}{(MissingLevel is null ? "" : ", missing a level")}"),
            TableColumnKind.Date => (Parts.Sum(part => part.Slots.Length), string.Join(", ", Parts.Select(part => part.Name))),
            TableColumnKind.Text => (Weights.Length, $"tf-idf of {Words.Length} words and {Pairs.Length} pairs of words"),
            _ => (0, $"left out: {Reason}"),
        };
        treatment = (IsNumeric ? "scaled " : "") + treatment + (HasIndicator ? ", missing an indicator" : "");
        return new(Name, Kind, Rows, Missing, Distinct, More, slots + (HasIndicator ? 1 : 0), treatment);
    }
}
