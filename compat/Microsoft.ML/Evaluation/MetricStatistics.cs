namespace Microsoft.ML.Data;

/// <summary>Mean and spread of a metric over repetitions.</summary>
public sealed class MetricStatistics
{
    internal MetricStatistics(IReadOnlyCollection<double> values)
    {
        Count = values.Count;
        Mean = Count > 0 ? values.Average() : 0;
        StandardDeviation = Count > 1 ? Math.Sqrt(values.Sum(value => (value - Mean) * (value - Mean)) / (Count - 1)) : 0;
    }

    public double Mean { get; }

    public double StandardDeviation { get; }

    public double StandardError => Count > 0 ? StandardDeviation / Math.Sqrt(Count) : 0;

    public int Count { get; }
}

/// <summary>Changes of a metric's value when a feature is permuted; one object per repetition.</summary>
internal sealed class MetricChanges<TMetrics>(TMetrics baseline, IReadOnlyCollection<TMetrics> permuted)
{
    public TMetrics Baseline => baseline;

    public MetricStatistics Of(Func<TMetrics, double> metric) => new([.. permuted.Select(metrics => metric(metrics) - metric(baseline))]);
}

public sealed class BinaryClassificationMetricsStatistics
{
    internal BinaryClassificationMetricsStatistics(MetricChanges<BinaryClassificationMetrics> changes)
    {
        AreaUnderRocCurve = changes.Of(metrics => metrics.AreaUnderRocCurve);
        Accuracy = changes.Of(metrics => metrics.Accuracy);
        PositivePrecision = changes.Of(metrics => metrics.PositivePrecision);
        PositiveRecall = changes.Of(metrics => metrics.PositiveRecall);
        NegativePrecision = changes.Of(metrics => metrics.NegativePrecision);
        NegativeRecall = changes.Of(metrics => metrics.NegativeRecall);
        F1Score = changes.Of(metrics => metrics.F1Score);
        AreaUnderPrecisionRecallCurve = changes.Of(metrics => metrics.AreaUnderPrecisionRecallCurve);
    }

    public MetricStatistics AreaUnderRocCurve { get; }

    public MetricStatistics Accuracy { get; }

    public MetricStatistics PositivePrecision { get; }

    public MetricStatistics PositiveRecall { get; }

    public MetricStatistics NegativePrecision { get; }

    public MetricStatistics NegativeRecall { get; }

    public MetricStatistics F1Score { get; }

    public MetricStatistics AreaUnderPrecisionRecallCurve { get; }
}

public sealed class MulticlassClassificationMetricsStatistics
{
    internal MulticlassClassificationMetricsStatistics(MetricChanges<MulticlassClassificationMetrics> changes)
    {
        MacroAccuracy = changes.Of(metrics => metrics.MacroAccuracy);
        MicroAccuracy = changes.Of(metrics => metrics.MicroAccuracy);
        LogLoss = changes.Of(metrics => metrics.LogLoss);
        LogLossReduction = changes.Of(metrics => metrics.LogLossReduction);
        TopKAccuracy = changes.Of(metrics => metrics.TopKAccuracy);
        PerClassLogLoss = [.. changes.Baseline.PerClassLogLoss.Select((_, k) => changes.Of(metrics => metrics.PerClassLogLoss[k]))];
    }

    public MetricStatistics MacroAccuracy { get; }

    public MetricStatistics MicroAccuracy { get; }

    public MetricStatistics LogLoss { get; }

    public MetricStatistics LogLossReduction { get; }

    public MetricStatistics TopKAccuracy { get; }

    public IReadOnlyList<MetricStatistics> PerClassLogLoss { get; }
}

public sealed class RegressionMetricsStatistics
{
    internal RegressionMetricsStatistics(MetricChanges<RegressionMetrics> changes)
    {
        MeanAbsoluteError = changes.Of(metrics => metrics.MeanAbsoluteError);
        MeanSquaredError = changes.Of(metrics => metrics.MeanSquaredError);
        RootMeanSquaredError = changes.Of(metrics => metrics.RootMeanSquaredError);
        LossFunction = changes.Of(metrics => metrics.LossFunction);
        RSquared = changes.Of(metrics => metrics.RSquared);
    }

    public MetricStatistics MeanAbsoluteError { get; }

    public MetricStatistics MeanSquaredError { get; }

    public MetricStatistics RootMeanSquaredError { get; }

    public MetricStatistics LossFunction { get; }

    public MetricStatistics RSquared { get; }
}
