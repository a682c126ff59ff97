namespace EE569.Engine.Training;

/// <summary>What a training gives.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="Network">The trained network, which is the one given.</param>
/// <param name="History">The completed epochs.</param>
/// <param name="StopReason">Why it ended.</param>
/// <param name="BestEpoch">The epoch with the best validation figure, or the last one without validation data; 0 when none was completed.</param>
/// <param name="State">Where to go on from, as of the last completed epoch.</param>
public sealed record TrainingResult<T>(Network<T> Network, History History, StopReason StopReason, int BestEpoch, TrainingState<T> State)
    where T : unmanaged, IFloatingPointIeee754<T>;
