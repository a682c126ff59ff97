namespace EE569.Experiments.Statistics;

/// <summary>What a threshold on the score makes of the rows.</summary>
/// <param name="Threshold">The least score that is taken for positive.</param>
/// <param name="FalsePositiveRate">The share of the other rows that is taken for positive.</param>
/// <param name="Recall">The share of the positive rows that is (the true positive rate).</param>
/// <param name="Precision">The share of positive rows among those taken for positive.</param>
internal readonly record struct RankingPoint(double Threshold, double FalsePositiveRate, double Recall, double Precision);
