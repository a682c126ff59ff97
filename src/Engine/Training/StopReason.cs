namespace EE569.Engine.Training;

/// <summary>Why a training ended.</summary>
public enum StopReason
{
    /// <summary>All epochs were done.</summary>
    MaximumEpochs,

    /// <summary>The training loss no longer fell, see <see cref="TrainingOptions{T}.ConvergenceTolerance"/>.</summary>
    Converged,

    /// <summary>The validation figure no longer improved, see <see cref="EarlyStopping"/>.</summary>
    EarlyStopping,

    /// <summary>The cancellation token or the callback asked for it.</summary>
    Cancelled,

    /// <summary>The time of <see cref="TrainingOptions{T}.TimeLimit"/> was over.</summary>
    TimeLimit,

    /// <summary>The loss or the weights left the finite numbers, or the loss stays absurd, see <see cref="TrainingOptions{T}.DivergenceThreshold"/>.</summary>
    Diverged,
}
