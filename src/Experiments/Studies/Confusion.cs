namespace EE569.Experiments.Studies;

/// <summary>Counts of actual (rows) against predicted (columns) classes.</summary>
internal static class Confusion
{
    public static int[][] Of(Network<float> network, Examples examples)
    {
        int classes = examples.Classes.Count;
        int[][] counts = [.. Enumerable.Range(0, classes).Select(_ => new int[classes])];
        Matrix<float> scores = network.Predict(examples.Features);
        for (int row = 0; row < examples.Count; row++)
        {
            counts[examples.Labels[row]][Predicted(scores.Row(row))]++;
        }

        return counts;
    }

    /// <summary>One logistic output, or the largest of several.</summary>
    private static int Predicted(ReadOnlySpan<float> scores) =>
        scores.Length == 1 ? (scores[0] >= 0.5f ? 1 : 0) : System.Numerics.Tensors.TensorPrimitives.IndexOfMax(scores);
}
