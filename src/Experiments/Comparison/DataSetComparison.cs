using System.Text.Json.Serialization;

namespace EE569.Experiments.Comparison;

/// <summary>All learners on one data set.</summary>
/// <param name="Name">The data set's name.</param>
/// <param name="Classes">Its class names.</param>
/// <param name="Rows">Its number of rows.</param>
/// <param name="Scores">One for each learner.</param>
internal sealed record DataSetComparison(string Name, IReadOnlyList<string> Classes, long Rows, IReadOnlyList<LearnerScores> Scores)
{
    public const string Accuracy = "accuracy";
    public const string RootMeanSquaredError = "RMSE";

    /// <summary>Whether numbers are predicted.</summary>
    public bool IsRegression => Classes.Count == 0;

    [JsonIgnore]
    public IEnumerable<LearnerScores> Ours => Scores.Where(scores => scores.IsOurs);

    [JsonIgnore]
    public IEnumerable<LearnerScores> BuiltIn => Scores.Where(scores => !scores.IsOurs);

    /// <summary>The learners with the highest accuracy: of ours, and of the built-in ones.</summary>
    [JsonIgnore]
    public IEnumerable<LearnerScores> Best => new[] { Ours, BuiltIn }.Where(group => group.Any()).Select(group => group.MaxBy(scores => AccuracyOf(scores).Mean)!);

    /// <summary>Our linear learner, which has the same kind of model as the built-in ones.</summary>
    [JsonIgnore]
    public LearnerScores OurLinear => Ours.First();

    /// <summary>SDCA's scores: the yardstick.</summary>
    [JsonIgnore]
    public LearnerScores Sdca => BuiltIn.First(scores => scores.Learner.StartsWith("Sdca", StringComparison.Ordinal));

    public static CrossValidatedMean AccuracyOf(LearnerScores scores) => scores.MeanOf(Accuracy);

    /// <summary>Whether the learner's accuracy is within one standard error of SDCA's (or one row, if that is more), or above it.</summary>
    public bool IsAtLeastSdca(LearnerScores scores)
    {
        CrossValidatedMean sdca = AccuracyOf(Sdca);
        return AccuracyOf(scores).Mean >= sdca.Mean - Math.Max(sdca.StandardError, 1.0 / Rows);
    }

    [JsonIgnore]
    public bool AreAllOfOursAtLeastSdca => Ours.All(IsAtLeastSdca);

    /// <summary>Every table with every learner that suits it, or with those of them that are named.</summary>
    public static (LabeledTable Table, Learner Learner)[] Grid(IEnumerable<LabeledTable> tables, IReadOnlyList<string>? names = null) =>
        [.. from table in tables from learner in Learners.For(table, names ?? []) select (table, learner)];

    /// <summary>The scores of a grid, data set by data set.</summary>
    public static IReadOnlyList<DataSetComparison> Of((LabeledTable Table, Learner Learner)[] grid, IReadOnlyList<LearnerScores> scores) =>
        [.. grid.Zip(scores, (cell, score) => (cell.Table, Score: score)).GroupBy(pair => pair.Table).Select(group =>
            new DataSetComparison(group.Key.Name, group.Key.Classes, group.Key.Rows, [.. group.Select(pair => pair.Score)]))];
}
