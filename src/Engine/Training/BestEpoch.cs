namespace EE569.Engine.Training;

/// <summary>The epoch with the best validation figure so far.</summary>
/// <param name="Epoch">Its number, 0 before the first.</param>
/// <param name="Score">Its figure, lower is better.</param>
/// <param name="Reference">The figure the next improvement is measured from.</param>
/// <param name="StalledEpochs">Epochs since the last improvement by more than the minimum.</param>
/// <param name="Parameters">Its weights; empty unless they are to be restored.</param>
internal sealed record BestEpoch<T>(int Epoch, double Score, double Reference, int StalledEpochs, T[] Parameters)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static BestEpoch<T> None { get; } = new(0, double.PositiveInfinity, double.PositiveInfinity, 0, []);

    /// <summary>Takes another epoch into account.</summary>
    public BestEpoch<T> Observe(int epoch, Evaluation evaluation, EarlyStopping options, T[] parameters)
    {
        double score = options.Metric.IsHigherBetter() ? -evaluation.Score : evaluation.Score;
        BestEpoch<T> next = score < Reference - options.MinimumDelta
            ? this with { Reference = score, StalledEpochs = 0 }
            : this with { StalledEpochs = StalledEpochs + 1 };
        return score < Score
            ? next with { Epoch = epoch, Score = score, Parameters = options.RestoreBest ? [.. parameters] : [] }
            : next;
    }
}
