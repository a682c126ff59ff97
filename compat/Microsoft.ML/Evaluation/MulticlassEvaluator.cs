namespace Microsoft.ML.Data;

/// <summary>Metrics of several classes; rows with a missing label or score are left out. The first highest score is the prediction.</summary>
internal sealed class MulticlassEvaluator(string[] classNames, int topK)
{
    // A probability of 0 counts as this one, so that one row cannot make the loss infinite.
    private const double SmallestProbability = 1e-15;

    private readonly double[][] _counts = [.. classNames.Select(_ => new double[classNames.Length])];
    private readonly double[] _logLoss = new double[classNames.Length];
    private readonly double[] _ranks = new double[classNames.Length];

    public void Add(ReadOnlySpan<float> scores, int label)
    {
        int predicted = 0, rank = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            predicted = scores[k] > scores[predicted] ? k : predicted;
            rank += scores[k] > scores[label] || (scores[k] == scores[label] && k < label) ? 1 : 0;
        }
        _counts[label][predicted]++;
        _ranks[rank]++;
        _logLoss[label] -= Math.Log(Math.Clamp(scores[label], SmallestProbability, 1));
    }

    public MulticlassClassificationMetrics Metrics()
    {
        double total = _ranks.Sum();
        double[] perClassLogLoss = [.. _logLoss.Select((loss, k) => loss > 0 ? loss / _counts[k].Sum() : 0)];
        double[]? accuracies = topK > 0 ? new double[topK] : null;
        for (int k = 0; k < topK; k++)
            accuracies![k] = total > 0 ? (k > 0 ? accuracies[k - 1] : 0) + _ranks[k] / total : 0;
        return new(new(_counts, classNames, isBinary: false), perClassLogLoss, accuracies);
    }
}
