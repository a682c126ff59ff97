namespace EE569.Experiments.Comparison;

/// <summary>How a learner did on each fold of a data set. Stored as JSON between runs.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="IsOurs">Whether it is of this project.</param>
/// <param name="Metrics">For each metric its value on each fold.</param>
/// <param name="TrainSeconds">Seconds for Fit on each fold.</param>
/// <param name="PredictSeconds">Seconds to score each test fold.</param>
/// <param name="Right">For each row, in the order of the folds, whether it was predicted rightly.</param>
/// <param name="Confusion">Counts of actual (rows) against predicted (columns) classes over all folds.</param>
internal sealed record LearnerScores(
    string Learner, bool IsOurs, IReadOnlyDictionary<string, double[]> Metrics, double[] TrainSeconds, double[] PredictSeconds, bool[] Right, int[][] Confusion);
