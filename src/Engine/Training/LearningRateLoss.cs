namespace EE569.Engine.Training;

/// <summary>One step of a learning-rate sweep.</summary>
/// <param name="LearningRate">The rate.</param>
/// <param name="Loss">Loss of the batch before the step.</param>
/// <param name="SmoothedLoss">Exponential mean of the losses so far.</param>
public readonly record struct LearningRateLoss(double LearningRate, double Loss, double SmoothedLoss);
