namespace EE569.Experiments.Comparison;

/// <summary>What a trainer is told of the training data.</summary>
/// <param name="Label">The label column.</param>
/// <param name="Features">The feature column.</param>
/// <param name="Rows">About how many rows there are.</param>
internal readonly record struct TrainingColumns(string Label, string Features, long Rows);
