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
    protected override IReadOnlyList<Column> Answers => ["PredictedLabel", .. Classes.Select(name => new Column($"Probability {name}", "F4"))];

    protected override IEnumerable<object?> Answer(int row) => [Labels[row], .. Probabilities[row].Select(probability => (object?)probability)];

    protected override bool IsAnswered(int row) => Probabilities[row].All(float.IsFinite);

    public override IEvaluation Evaluate(string label)
    {
        var indices = Classes.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => item.i);
        int[] actual = [.. Cells(label).Select(name => indices.TryGetValue(name, out int index) ? index
            : throw new UserException($"'{Path}': column '{label}' has '{name}', which the model was not trained on. It knows {string.Join(", ", Classes)}."))];
        int[] rows = Answered();
        return new ClassEvaluation(Classes, [.. rows.Select(row => actual[row])], [.. rows.Select(row => indices[Labels[row]])], [.. rows.Select(row => Probabilities[row])]);
    }
}
