using System.Text.Json.Serialization;

namespace EE569.Benchmarks.Quality;

/// <summary>One fold of one learner on one table: a line of the results.</summary>
/// <param name="Table">Name of the table.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Members">1 for a single fit, else the size of the bag.</param>
/// <param name="Repeat">From 0.</param>
/// <param name="Fold">From 0.</param>
/// <param name="Error">On the rows of the fold; null if the learner failed.</param>
/// <param name="Seconds">To prepare, fit and predict.</param>
/// <param name="Failure">What went wrong.</param>
/// <param name="Run">Number of the run in the same file.</param>
internal sealed record QualityResult(string Table, string Learner, int Members, int Repeat, int Fold, double? Error, double Seconds, string? Failure, int Run)
{
    /// <summary>What was measured, without what came out.</summary>
    [JsonIgnore]
    public (string Table, string Learner, int Members, int Repeat, int Fold) Key => (Table, Learner, Members, Repeat, Fold);
}
