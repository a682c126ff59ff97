namespace EE569.Experiments.Tables;

/// <summary>How to read a user's CSV file.</summary>
/// <param name="Label">The column with the classes, or with the numbers to predict.</param>
/// <param name="Features">The feature columns; null for all that are neither label nor ignored.</param>
/// <param name="Categorical">Feature columns whose values are names, to be encoded one-hot.</param>
/// <param name="Ignored">Columns to leave out.</param>
internal sealed record TableOptions(string Label, IReadOnlyList<string>? Features, IReadOnlyList<string> Categorical, IReadOnlyList<string> Ignored)
{
    /// <summary>Whether the label is a number to predict, and not a class.</summary>
    public bool IsRegression { get; init; }

    /// <summary>The column that weighs the rows, no feature; null: all weigh 1.</summary>
    public string? Weight { get; init; }

    /// <summary>All columns but the label are numeric features.</summary>
    public static TableOptions AllNumeric(string label) => new(label, null, [], []);
}
