namespace EE569.Experiments.Tables;

/// <summary>What the user says of a table's columns.</summary>
/// <param name="Label">The column with the classes, or with the numbers to predict.</param>
/// <param name="Features">The feature columns; null for all that are neither label nor ignored.</param>
internal sealed record TableOptions(string Label, IReadOnlyList<string>? Features = null)
{
    /// <summary>Feature columns that are numbers, whatever they look like.</summary>
    public IReadOnlyList<string> Numeric { get; init; } = [];

    /// <summary>Feature columns whose values are names, to be encoded one-hot.</summary>
    public IReadOnlyList<string> Categorical { get; init; } = [];

    /// <summary>Feature columns of free text.</summary>
    public IReadOnlyList<string> Text { get; init; } = [];

    /// <summary>Feature columns of dates.</summary>
    public IReadOnlyList<string> Date { get; init; } = [];

    /// <summary>The column that weighs the rows, no feature; null: all weigh 1.</summary>
    public string? Weight { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether the label is a number to predict; null when its values are to tell.</summary>
    public bool? IsRegression { get; init; }

    /// <summary>How the file is written.</summary>
    public ReadingOptions Reading { get; init; } = new();

    /// <summary>What the user says of a column, or null.</summary>
    public CellKind? KindOf(string name) =>
        name == Weight ? CellKind.Number
        : Ignored.Contains(name) ? CellKind.Ignored
        : Numeric.Contains(name) ? CellKind.Number
        : Categorical.Contains(name) || Text.Contains(name) ? CellKind.Text
        : Date.Contains(name) ? CellKind.Date
        : null;
}
