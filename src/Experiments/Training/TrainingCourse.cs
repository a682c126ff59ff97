namespace EE569.Experiments.Training;

/// <summary>How a training went, or goes.</summary>
/// <param name="Choice">What it was trained with, the learning rate of the sweep included.</param>
/// <param name="Epochs">Its history so far.</param>
/// <param name="Ending">Why it ended; null while it runs.</param>
/// <param name="Warnings">What the trainer warned of.</param>
/// <param name="Sweep">The sweep of the learning rate before the training, or null.</param>
internal record TrainingCourse(TrainerChoice Choice, IReadOnlyList<EpochRecord> Epochs, StopReason? Ending, IReadOnlyList<string> Warnings, LearningRateSweep? Sweep)
{
    /// <summary>The epoch of each network whose weights the model has: the best on the validation rows where those decide when to stop, else the last; of a network without a finite loss none.</summary>
    public IReadOnlyList<EpochRecord> Kept => [.. Epochs.Where(epoch => double.IsFinite(LossOf(epoch))).GroupBy(epoch => epoch.Network).Select(epochs =>
        Choice.Options.EarlyStopping is not { RestoreBest: true } stopping || epochs.Last().ValidationLoss is null ? epochs.Last()
        : stopping.Metric.IsHigherBetter() ? epochs.MaxBy(epoch => epoch.ValidationScore)! : epochs.MinBy(epoch => epoch.ValidationScore)!)];

    /// <summary>Which epoch's weights the model has, in words: "that of epoch 9".</summary>
    public string KeptInWords => Kept is [var only] ? $"that of epoch {only.Epoch}" : $"the mean of {Kept.Count} networks as of epochs {string.Join(", ", Kept.Select(epoch => epoch.Epoch))}";

    /// <summary>Why the training ended, to stand in brackets.</summary>
    public string Reason => Ending switch
    {
        StopReason.MaximumEpochs => "all that were asked for",
        StopReason.Converged => "the training loss no longer falls",
        StopReason.EarlyStopping => $"no better on the validation rows for {Choice.Options.EarlyStopping!.Patience} epochs",
        StopReason.Cancelled => "stopped",
        StopReason.TimeLimit => "the time was over",
        null => "so far",
        _ => "diverged: the loss or a weight left the finite numbers, or the loss stays absurdly high",
    };

    /// <summary>The loss on the validation rows, or on the training rows where there are none.</summary>
    public static double LossOf(EpochRecord epoch) => epoch.ValidationLoss ?? epoch.TrainLoss;

    /// <summary>What <see cref="EpochRecord.TrainMetric"/> is.</summary>
    public string Metric => Choice.IsRegression ? "R2" : "accuracy";
}
