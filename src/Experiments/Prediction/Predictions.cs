using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>A model's answers for the rows of a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Its rows.</param>
internal abstract record Predictions(string Path, DataFrame Frame)
{
    /// <summary>What the user should know of the cells.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>A row for each row of the file.</summary>
    public abstract Table ToTable();

    /// <summary>Holds the answers against the labels in a column of the file.</summary>
    public abstract IEvaluation Evaluate(string label);

    /// <summary>The cells of a column as text.</summary>
    protected string[] Cells(string column) =>
        [.. Enumerable.Range(0, (int)Frame.Rows.Count).Select(row => Convert.ToString(Frame.Columns[column][row], CultureInfo.InvariantCulture) ?? "")];
}
