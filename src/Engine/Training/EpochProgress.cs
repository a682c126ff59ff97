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

    /// <summary>Names and values of the network's parameters at the end of the epoch, in the order of the nodes; copied when they are enumerated.</summary>
    public IEnumerable<(string Name, double[] Values)> Parameters { get; init; } = [];

    /// <summary>
    /// The weight of the rows by actual (row) and predicted (column) class: of the validation data at the end of the epoch or, without them, of the training data
    /// as met while training. Null in regression, for more than 100 classes and where several processes train together.
    /// </summary>
    public Matrix<double>? Confusion { get; init; }

    /// <summary>Ends the training, of all networks, after this epoch with <see cref="StopReason.Cancelled"/>; the network keeps the best weights so far.</summary>
    public void Stop() => IsStopRequested = true;

    /// <summary>Whether <see cref="Stop"/> was called.</summary>
    public bool IsStopRequested { get; private set; }
}
