namespace EE569.Engine.Data;

/// <summary>Walks through a data set batch by batch, epoch after epoch, in buffers that are made once.</summary>
internal abstract class BatchReader<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Which part of every batch is to be read.</summary>
    public BatchCut Cut { get; set; } = BatchCut.Whole;

    /// <summary>Examples of the batch <see cref="MoveNext"/> has read, those of other ranks included.</summary>
    public int Rows { get; private protected set; }

    /// <summary>Place in the batch of the first example that <see cref="Current"/> holds.</summary>
    public int First { get; private protected set; }

    /// <summary>The batch <see cref="MoveNext"/> has read: at least the rank's own part of it, and of members shard after shard.</summary>
    public abstract Batch<T> Current { get; }

    /// <summary>Bytes of the buffers of this reader, without the data set.</summary>
    public abstract long Bytes { get; }

    /// <summary>Starts an epoch.</summary>
    /// <param name="shuffle">The generator of a random order, or null for the order of the data.</param>
    public abstract void Start(SplitMix64? shuffle);

    /// <summary>Reads the next batch; the last one of an epoch may be smaller.</summary>
    /// <returns>False at the end of the epoch.</returns>
    public abstract bool MoveNext();

    public abstract void Dispose();
}
