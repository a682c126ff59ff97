namespace EE569.Engine.Training;

/// <summary>What a learning-rate sweep found.</summary>
/// <param name="Points">The steps, by ascending rate.</param>
/// <param name="Suggestion">The rate at which the smoothed loss fell fastest over the logarithm of the rate.</param>
public sealed record LearningRateSweep(IReadOnlyList<LearningRateLoss> Points, double Suggestion);
