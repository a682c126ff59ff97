namespace EE569.Engine.Training;

/// <summary>What happened in one pass through the data.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="TrainLoss">Mean of the losses met while training, penalties included, each before its update, weighted by the weight of its batch.</param>
/// <param name="TrainMetric">Accuracy, or R^2 in regression, of the predictions met while training.</param>
/// <param name="ValidationLoss">Loss of the validation data at the end of the epoch, without penalties; null without validation data.</param>
/// <param name="ValidationMetric">Accuracy or R^2 of the validation data at the end of the epoch; null without validation data.</param>
/// <param name="LearningRate">Rate of the last step.</param>
/// <param name="GradientNorm">Euclidean norm of the gradient of the last step over all parameters, penalty included, before clipping.</param>
/// <param name="Seconds">Time of the epoch, validation included.</param>
/// <param name="Bytes">Memory the training holds beside the data: parameters, gradients, activations, optimiser state, batch.</param>
public sealed record EpochRecord(
    int Epoch,
    double TrainLoss,
    double TrainMetric,
    double? ValidationLoss,
    double? ValidationMetric,
    double LearningRate,
    double GradientNorm,
    double Seconds,
    long Bytes)
{
    /// <summary>The figure of <see cref="EarlyStopping.Metric"/> on the validation data at the end of the epoch, the loss unless another is named; null without validation data.</summary>
    public double? ValidationScore { get; init; }

    /// <summary>Which network of a bag was trained, from 1.</summary>
    public int Network { get; init; } = 1;
}
