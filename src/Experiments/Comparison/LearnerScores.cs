namespace EE569.Experiments.Comparison;

/// <summary>How a learner did on each fold of a data set. Stored as JSON between runs.</summary>
/// <param name="Learner">The learner's name.</param>
/// <param name="IsOurs">Whether it is of this project.</param>
/// <param name="Folds">The folds of one repetition.</param>
/// <param name="Metrics">For each metric its value on each fold of each repetition.</param>
/// <param name="TrainSeconds">Seconds for Fit on each fold.</param>
/// <param name="PredictSeconds">Seconds to score each test fold.</param>
/// <param name="Right">For each row, in the order of the folds of the first repetition, whether it was predicted rightly; none where numbers are predicted.</param>
/// <param name="Confusion">Counts of actual (rows) against predicted (columns) classes over the folds of the first repetition.</param>
internal sealed record LearnerScores(
    string Learner, bool IsOurs, int Folds, IReadOnlyDictionary<string, double[]> Metrics, double[] TrainSeconds, double[] PredictSeconds, bool[] Right, int[][] Confusion)
{
    /// <summary>How often the cross-validation was repeated.</summary>
    public int Repetitions => TrainSeconds.Length / Folds;

    /// <summary>What the learner warned of on any fold.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Mean and standard error of a metric.</summary>
    public CrossValidatedMean MeanOf(string metric) => CrossValidatedMean.Of(Metrics[metric], Folds);
}
