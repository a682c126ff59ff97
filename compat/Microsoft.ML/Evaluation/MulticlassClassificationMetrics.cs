namespace Microsoft.ML.Data;

/// <summary>Metrics of several classes; losses are in nats.</summary>
public sealed class MulticlassClassificationMetrics
{
    internal MulticlassClassificationMetrics(ConfusionMatrix confusionMatrix, double[] perClassLogLoss, double[]? topKAccuracies)
    {
        ConfusionMatrix = confusionMatrix;
        double[] support = [.. confusionMatrix.Counts.Select(row => row.Sum())];
        int[] present = [.. Enumerable.Range(0, support.Length).Where(k => support[k] > 0)];
        double total = support.Sum();
        if (total > 0)
        {
            MicroAccuracy = present.Sum(k => confusionMatrix.Counts[k][k]) / total;
            MacroAccuracy = present.Average(k => confusionMatrix.PerClassRecall[k]);
            LogLoss = present.Sum(k => perClassLogLoss[k] * support[k]) / total;
        }
        double entropy = -present.Sum(k => support[k] / total * Math.Log(support[k] / total));
        LogLossReduction = (entropy - LogLoss) / entropy;
        PerClassLogLoss = perClassLogLoss;
        TopKAccuracyForAllK = topKAccuracies;
    }

    public double LogLoss { get; }

    /// <summary>How much of the entropy of the labels the predictions take away.</summary>
    public double LogLossReduction { get; }

    /// <summary>The mean recall of the classes that occur.</summary>
    public double MacroAccuracy { get; }

    /// <summary>The share of rows predicted right.</summary>
    public double MicroAccuracy { get; }

    /// <summary>The share of rows whose class is among the K best.</summary>
    public double TopKAccuracy => TopKAccuracyForAllK?[^1] ?? 0;

    public int TopKPredictionCount => TopKAccuracyForAllK?.Count ?? 0;

    public IReadOnlyList<double>? TopKAccuracyForAllK { get; }

    public IReadOnlyList<double> PerClassLogLoss { get; }

    public ConfusionMatrix ConfusionMatrix { get; }
}
