namespace EE569.Engine.Data;

/// <summary>Labelled examples to train on or to evaluate with.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class DataSource<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected DataSource(int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Features = features;
    }

    /// <summary>Number of features of a row.</summary>
    public int Features { get; }

    /// <summary>Number of rows, or null while a stream has not told.</summary>
    public abstract long? Count { get; }

    /// <summary>Number of ids of a row beside its features, or 0.</summary>
    public virtual int IdColumns => 0;

    /// <summary>Whether all rows are in memory, rather than read in every epoch.</summary>
    private protected abstract bool IsInMemory { get; }

    /// <summary>Whether rows are kept as their non-zero features.</summary>
    internal virtual bool IsSparse => false;

    /// <summary>Share of the features that are not 0; NaN if that is not known.</summary>
    internal virtual double Density => 1;

    /// <summary>Whether a network reads the batches as sparse rows; else they are made dense one by one, the data is not.</summary>
    internal bool HasSparseBatches(Network<T> network) => IsSparse && network.ReadsSparseRows(Density);

    /// <summary>Checks what can be checked before the first step.</summary>
    /// <exception cref="ArgumentException">The data does not suit the network.</exception>
    internal void Check(Network<T> network)
    {
        if (Features != network.Input.Width)
        {
            throw new ArgumentException($"The data has {Features} features, the network expects {network.Input.Width}.", nameof(network));
        }

        if (IdColumns != (network.Ids?.Width ?? 0))
        {
            throw new ArgumentException($"The data has {IdColumns} columns of ids, the network expects {network.Ids?.Width ?? 0}.", nameof(network));
        }

        CheckRows(network);
    }

    /// <summary>Checks targets and ids, as far as they are known.</summary>
    private protected abstract void CheckRows(Network<T> network);

    /// <summary>Opens the data.</summary>
    /// <param name="batchSize">Largest number of rows of a batch.</param>
    /// <param name="network">The network that tells which targets and ids are needed.</param>
    /// <param name="isSparse">Whether the batches are sparse rows.</param>
    internal abstract BatchReader<T> CreateReader(int batchSize, Network<T> network, bool isSparse);

    /// <summary>Opens the data for an ensemble whose members visit it in random orders of their own; in a stream each shuffles as many batches as there are members.</summary>
    /// <param name="batchSize">Largest number of rows of a batch for each member.</param>
    /// <param name="network">The network that tells which targets and ids are needed.</param>
    /// <param name="isSparse">Whether the batches are sparse rows.</param>
    /// <param name="members">Number of members.</param>
    internal BatchReader<T> CreateReader(int batchSize, Network<T> network, bool isSparse, int members)
    {
        if (members == 1)
        {
            return CreateReader(batchSize, network, isSparse);
        }

        int window = IsInMemory ? int.MaxValue : (int)Math.Min(Array.MaxLength, (long)members * batchSize);
        return new MemberOrderReader<T>(CreateReader(window, network, isSparse), areShuffled: !IsInMemory, batchSize, members);
    }
}
