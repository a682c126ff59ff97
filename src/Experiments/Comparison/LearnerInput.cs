namespace EE569.Experiments.Comparison;

/// <summary>What a trainer is told of the training data.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Features">The feature column.</param>
internal readonly record struct LearnerInput(string Label, string Features);
