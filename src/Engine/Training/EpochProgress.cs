namespace EE569.Engine.Training;

/// <summary>What the callback sees after an epoch.</summary>
/// <param name="record">The epoch.</param>
/// <param name="numberOfEpochs">Number of epochs planned.</param>
/// <param name="isBest">Whether no epoch was better so far.</param>
/// <param name="numberOfNetworks">Number of networks of a bag, of which <see cref="EpochRecord.Network"/> says the one.</param>
public sealed class EpochProgress(EpochRecord record, int numberOfEpochs, bool isBest, int numberOfNetworks = 1)
{
    /// <summary>The epoch just completed.</summary>
    public EpochRecord Record { get; } = record;

    /// <summary>Number of epochs planned.</summary>
    public int NumberOfEpochs { get; } = numberOfEpochs;

    /// <summary>Number of networks that are trained one after the other.</summary>
    public int NumberOfNetworks { get; } = numberOfNetworks;

    /// <summary>Whether the validation figure is the best so far; without validation data every epoch counts as the best.</summary>
    public bool IsBest { get; } = isBest;

    /// <summary>Ends the training, of all networks, after this epoch with <see cref="StopReason.Cancelled"/>; the network keeps the best weights so far.</summary>
    public void Stop() => IsStopRequested = true;

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopRequested { get; private set; }
}
