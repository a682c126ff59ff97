namespace EE569.Engine.Training;

/// <summary>What is to be known of a figure.</summary>
public static class EarlyStoppingMetricExtensions
{
    /// <summary>Whether the higher figure is the better one.</summary>
    /// <param name="metric">The figure.</param>
    public static bool IsHigherBetter(this EarlyStoppingMetric metric) =>
        metric is EarlyStoppingMetric.Accuracy or EarlyStoppingMetric.AreaUnderRocCurve or EarlyStoppingMetric.F1Score or EarlyStoppingMetric.RSquared;

    /// <summary>Whether it is a figure of classes; null for the loss, which is one of both.</summary>
    /// <param name="metric">The figure.</param>
    public static bool? IsOfClasses(this EarlyStoppingMetric metric) => metric == EarlyStoppingMetric.Loss ? null
        : metric is EarlyStoppingMetric.LogLoss or EarlyStoppingMetric.Accuracy or EarlyStoppingMetric.AreaUnderRocCurve or EarlyStoppingMetric.F1Score;
}
