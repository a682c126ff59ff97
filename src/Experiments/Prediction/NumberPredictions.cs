using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>The predicted number of each row.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Its rows.</param>
/// <param name="Scores">The predicted number of each row.</param>
internal sealed record NumberPredictions(string Path, DataFrame Frame, IReadOnlyList<float> Scores) : Predictions(Path, Frame)
{
    public override Table ToTable()
    {
        var table = new Table("predictions", "Score");
        foreach (float score in Scores)
        {
            table.Add(score);
        }

        return table;
    }

    public override IEvaluation Evaluate(string label)
    {
        string[] cells = Cells(label);
        double[] actual = new double[cells.Length];
        for (int row = 0; row < cells.Length; row++)
        {
            if (!double.TryParse(cells[row], NumberStyles.Float, CultureInfo.InvariantCulture, out actual[row]) || !double.IsFinite(actual[row]))
            {
                throw new UserException($"'{Path}': column '{label}' must hold numbers, but row {row + 1} has '{cells[row]}'.");
            }
        }

        return NumberEvaluation.Of(actual, Scores);
    }
}
