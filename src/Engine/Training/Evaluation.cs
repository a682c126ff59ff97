namespace EE569.Engine.Training;

/// <summary>How well a network does on a data set.</summary>
/// <param name="Loss">Weighted mean loss, without penalties.</param>
/// <param name="Metric">Accuracy, or R^2 in regression.</param>
public readonly record struct Evaluation(double Loss, double Metric)
{
    /// <summary>The figure of <see cref="EarlyStopping.Metric"/>; the loss where none was asked for.</summary>
    public double Score { get; init; } = Loss;
}
