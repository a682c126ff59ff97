namespace EE569.Engine.Training;

/// <summary>What a learning-rate sweep found.</summary>
/// <param name="Points">The steps, by ascending rate.</param>
/// <param name="Suggestion">A tenth of the rate at which the smoothed loss was lowest; NaN when not one step was finite.</param>
public sealed record LearningRateSweep(IReadOnlyList<LearningRateLoss> Points, double Suggestion);
