using EE569.Experiments.Results;
using Microsoft.Data.Analysis;

namespace EE569.Experiments.Models;

/// <summary>A model's answers for the rows of a file.</summary>
/// <param name="Frame">The rows.</param>
/// <param name="Classes">The classes that the model knows.</param>
/// <param name="Labels">The predicted class of each row.</param>
/// <param name="Probabilities">For each row the probability of each class.</param>
internal sealed record Predictions(DataFrame Frame, IReadOnlyList<string> Classes, IReadOnlyList<string> Labels, IReadOnlyList<float[]> Probabilities)
{
    /// <summary>The predicted class and the probabilities, a row for each row of the file.</summary>
    public Table ToTable()
    {
        var table = new Table("predictions", ["PredictedLabel", .. Classes.Select(name => new Column($"Probability {name}", "F4"))]);
        for (int row = 0; row < Labels.Count; row++)
        {
            table.Add([Labels[row], .. Probabilities[row].Select(probability => (object?)probability)]);
        }

        return table;
    }

    /// <summary>The actual classes in a column of the file.</summary>
    public string[] Actual(string path, string column)
    {
        if (Frame.Columns.FirstOrDefault(candidate => candidate.Name == column) is not { } values)
        {
            throw new UserException($"'{path}' has no column '{column}'. Its columns are {string.Join(", ", Frame.Columns.Select(candidate => candidate.Name))}.");
        }

        string[] actual = [.. Enumerable.Range(0, Labels.Count).Select(row => Convert.ToString(values[row], System.Globalization.CultureInfo.InvariantCulture) ?? "")];
        string? unknown = actual.FirstOrDefault(label => !Classes.Contains(label));
        return unknown is null ? actual : throw new UserException($"'{path}': column '{column}' has '{unknown}', which the model was not trained on. It knows {string.Join(", ", Classes)}.");
    }
}
