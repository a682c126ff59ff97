namespace EE569.Trainers.Training;

/// <summary>What a call of Fit gave.</summary>
/// <param name="Networks">The networks whose predictions are averaged; one that learnt nothing is not among them while others did.</param>
/// <param name="Report">How the training went: the epochs of all networks.</param>
internal sealed record FittingResult(IReadOnlyList<FittedNetwork> Networks, TrainingReport Report)
{
    /// <summary>Puts trainings together.</summary>
    /// <param name="networks">The networks in order.</param>
    /// <param name="results">What became of each.</param>
    /// <param name="isContinued">Whether they began as networks that were trained before.</param>
    public static FittingResult Of(IReadOnlyList<FittedNetwork> networks, IReadOnlyList<TrainingResult<float>> results, bool isContinued)
    {
        var learnt = Enumerable.Range(0, results.Count).Where(i => isContinued || results[i].History.Count > 0).ToList();
        var kept = learnt.Count > 0 ? learnt : [0];
        var reason = kept.Select(i => results[i].StopReason).LastOrDefault(reason => reason != StopReason.Diverged, StopReason.Diverged);
        return new([.. kept.Select(i => networks[i])], new(results.Count == 1 ? results[0].History : History.OfNetworks(results.Select(result => result.History)), reason));
    }
}
