namespace EE569.Trainers;

/// <summary>Values of a column that the training data had no example of. They get a defined treatment; none makes a score NaN.</summary>
/// <param name="Column">The column.</param>
/// <param name="MissingCount">Missing values, where training had none: the median, no level, or no date.</param>
/// <param name="UnseenCount">Categories that training did not have: the slot of the rare levels, or no slot where there were none.</param>
/// <param name="InfiniteCount">Infinite numbers: the largest or smallest value that a slot takes.</param>
public sealed record UnexpectedValues(string Column, long MissingCount, long UnseenCount, long InfiniteCount);
