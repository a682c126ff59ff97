using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>The predicted number of each row.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Its rows.</param>
/// <param name="Scores">The predicted number of each row.</param>
internal sealed record NumberPredictions(string Path, DataFrame Frame, IReadOnlyList<float> Scores) : Predictions(Path, Frame)
{
    protected override IReadOnlyList<Column> Answers => ["Score"];

    protected override IEnumerable<object?> Answer(int row) => [Scores[row]];

    protected override bool IsAnswered(int row) => float.IsFinite(Scores[row]);

    public override IEvaluation Evaluate(string label)
    {
        string[] cells = Cells(label);
        double[] actual = new double[cells.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            if (!double.TryParse(cells[row], NumberStyles.Float, CultureInfo.InvariantCulture, out actual[row]) || !double.IsFinite(actual[row]))
            {
                throw new UserException($"'{Path}': column '{label}' must hold finite numbers, but row {row + 1} has none.");
            }
        }

        int[] rows = Answered();
        return new NumberEvaluation([.. rows.Select(row => actual[row])], [.. rows.Select(row => (double)Scores[row])]);
    }
}
