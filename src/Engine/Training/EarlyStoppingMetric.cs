namespace EE569.Engine.Training;

/// <summary>The validation figure that decides which epoch is best.</summary>
public enum EarlyStoppingMetric
{
    /// <summary>The loss, lower is better.</summary>
    Loss,

    /// <summary>The accuracy, or R^2 in regression; higher is better.</summary>
    Metric,
}
