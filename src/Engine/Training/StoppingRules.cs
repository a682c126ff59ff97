namespace EE569.Engine.Training;

/// <summary>Decides from the history whether a training has to end.</summary>
internal static class StoppingRules
{
    private const int DivergencePatience = 5;

    public static StopReason? Decide<T>(TrainingState<T> state, TrainingOptions<T> options, Loss<T> loss) where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (HasDiverged(state.History, options.DivergenceThreshold * loss.UninformedLoss))
        {
            return StopReason.Diverged;
        }

        if (state.Best.StalledEpochs >= options.EarlyStopping?.Patience)
        {
            return StopReason.EarlyStopping;
        }

        return HasConverged(state.History, options.ConvergenceTolerance, options.ConvergencePatience) ? StopReason.Converged : null;
    }

    /// <summary>Whether the training loss has been absurdly high for a while, without falling.</summary>
    private static bool HasDiverged(History history, double? limit)
    {
        if (limit is null || history.Count < DivergencePatience)
        {
            return false;
        }

        for (int back = 1; back <= DivergencePatience; back++)
        {
            if (!(history[^back].TrainLoss > limit))
            {
                return false;
            }
        }

        return history[^1].TrainLoss >= history[^DivergencePatience].TrainLoss;
    }

    /// <summary>Whether the lowest training loss so far is below the lowest one before the last epochs by no more than the tolerance.</summary>
    private static bool HasConverged(History history, double? tolerance, int patience) =>
        history.Count > patience && history.LowestTrainLoss(history.Count - patience) - history.LowestTrainLoss(history.Count) <= tolerance;
}
