namespace Microsoft.ML.Data;

public class BinaryClassificationMetrics
{
    internal BinaryClassificationMetrics(BinaryCounts counts, double areaUnderRocCurve, double areaUnderPrecisionRecallCurve)
    {
        ConfusionMatrix = new(
            [[counts.TruePositive, counts.FalseNegative], [counts.FalsePositive, counts.TrueNegative]], ["positive", "negative"], isBinary: true);
        AreaUnderRocCurve = areaUnderRocCurve;
        AreaUnderPrecisionRecallCurve = areaUnderPrecisionRecallCurve;
        Accuracy = (counts.TruePositive + counts.TrueNegative) / counts.Total;
    }

    public double AreaUnderRocCurve { get; }

    public double AreaUnderPrecisionRecallCurve { get; }

    public double Accuracy { get; }

    public double PositivePrecision => ConfusionMatrix.PerClassPrecision[0];

    public double PositiveRecall => ConfusionMatrix.PerClassRecall[0];

    public double NegativePrecision => ConfusionMatrix.PerClassPrecision[1];

    public double NegativeRecall => ConfusionMatrix.PerClassRecall[1];

    public double F1Score => PositivePrecision + PositiveRecall > 0 ? 2 * PositivePrecision * PositiveRecall / (PositivePrecision + PositiveRecall) : 0;

    public ConfusionMatrix ConfusionMatrix { get; }
}

/// <summary>Metrics of a classifier that gives probabilities; losses and entropy are in bits.</summary>
public sealed class CalibratedBinaryClassificationMetrics : BinaryClassificationMetrics
{
    internal CalibratedBinaryClassificationMetrics(
        BinaryCounts counts, double areaUnderRocCurve, double areaUnderPrecisionRecallCurve, double logLoss, double entropy)
        : base(counts, areaUnderRocCurve, areaUnderPrecisionRecallCurve) => (LogLoss, Entropy) = (logLoss, entropy);

    public double LogLoss { get; }

    /// <summary>How much of the entropy of the labels the predictions take away.</summary>
    public double LogLossReduction => (Entropy - LogLoss) / Entropy;

    public double Entropy { get; }
}

internal readonly record struct BinaryCounts(double TruePositive, double FalseNegative, double FalsePositive, double TrueNegative)
{
    public double Total => TruePositive + FalseNegative + FalsePositive + TrueNegative;
}
