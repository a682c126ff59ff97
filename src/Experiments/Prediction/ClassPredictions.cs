using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>The predicted class of each row and the probability of each class.</summary>
/// <param name="Path">The file.</param>
/// <param name="Frame">Its rows.</param>
/// <param name="Classes">The classes that the model knows.</param>
/// <param name="Labels">The predicted class of each row.</param>
/// <param name="Probabilities">For each row the probability of each class.</param>
internal sealed record ClassPredictions(string Path, DataFrame Frame, IReadOnlyList<string> Classes, IReadOnlyList<string> Labels, IReadOnlyList<float[]> Probabilities)
    : Predictions(Path, Frame)
{
    public override Table ToTable()
    {
        var table = new Table("predictions", ["PredictedLabel", .. Classes.Select(name => new Column($"Probability {name}", "F4"))]);
        for (int row = 0; row < Labels.Count; row++)
        {
            table.Add([Labels[row], .. Probabilities[row].Select(probability => (object?)probability)]);
        }

        return table;
    }

    public override IEvaluation Evaluate(string label)
    {
        string[] actual = Cells(label);
        var indices = Classes.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => item.i);
        int[][] confusion = [.. Classes.Select(_ => new int[Classes.Count])];
        double[] probabilities = new double[actual.Length];
        for (int row = 0; row < actual.Length; row++)
        {
            if (!indices.TryGetValue(actual[row], out int index))
            {
                throw new UserException($"'{Path}': column '{label}' has '{actual[row]}', which the model was not trained on. It knows {string.Join(", ", Classes)}.");
            }

            confusion[index][indices[Labels[row]]]++;
            probabilities[row] = Probabilities[row][index];
        }

        return new ClassEvaluation(Classes, confusion, LogLoss.Of(probabilities));
    }
}
