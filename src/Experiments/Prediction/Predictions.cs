using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>A model's answers for the rows of a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Its rows.</param>
internal abstract record Predictions(string Path, DataFrame Frame)
{
    /// <summary>Columns of the file that stand beside the answers, cell by cell as the file has them.</summary>
    public IReadOnlyList<StringDataFrameColumn> Kept { get; init; } = [];

    /// <summary>What the user should know of the cells.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How many rows have no finite answer.</summary>
    public IReadOnlyList<string> Warnings => (int)Frame.Rows.Count - AnsweredRows.Length is var count and > 0
        ? [$"{count} {(count == 1 ? "row has" : "rows have")} no finite answer (a number missing or out of range, which the model cannot take) and no part in the figures."] : [];

    /// <summary>A row for each row of the file: what is kept of it, then the answer. A kept column that has the name of an answer's gets a number behind it.</summary>
    public Table ToTable()
    {
        HashSet<string> taken = [.. Answers.Select(column => column.Name)];
        string Unused(string name) => new[] { name }.Concat(Enumerable.Range(2, taken.Count).Select(number => $"{name} {number}")).First(taken.Add);
        var table = new Table("predictions", [.. Kept.Select(column => new Column(Unused(column.Name))), .. Answers]);
        for (int row = 0; row < Frame.Rows.Count; row++)
        {
            table.Add([.. Kept.Select(column => column[row]), .. Answer(row)]);
        }

        return table;
    }

    /// <summary>The rows that have a finite answer: those of an evaluation.</summary>
    public int[] AnsweredRows => [.. Enumerable.Range(0, (int)Frame.Rows.Count).Where(IsAnswered)];

    /// <summary>Holds the answers against the labels in a column of the file.</summary>
    public abstract IEvaluation Evaluate(string label);

    /// <summary>The columns of an answer.</summary>
    protected abstract IReadOnlyList<Column> Answers { get; }

    /// <summary>The answer for a row.</summary>
    protected abstract IEnumerable<object?> Answer(int row);

    /// <summary>The cells of a column as text.</summary>
    protected string[] Cells(string column) =>
        [.. Enumerable.Range(0, (int)Frame.Rows.Count).Select(row => Convert.ToString(Frame.Columns[column][row], CultureInfo.InvariantCulture) ?? "")];

    /// <summary>Whether the answer for a row is finite.</summary>
    protected abstract bool IsAnswered(int row);

    /// <summary>The rows that have an answer; at least one.</summary>
    protected int[] Answered() => AnsweredRows is { Length: > 0 } rows ? rows : throw new UserException($"The model gives no finite answer for any row of '{Path}'. Look at a few with predict.");
}
