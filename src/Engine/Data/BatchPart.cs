namespace EE569.Engine.Data;

/// <summary>One part of the examples of a batch - dense features, sparse features or ids - and the ways its rows come there.</summary>
internal abstract class BatchPart<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Bytes of the buffers.</summary>
    public abstract long Bytes { get; }

    /// <summary>Makes the batch a view of a run of rows of the data.</summary>
    public abstract void Show(int first, int rows);

    /// <summary>Makes the batch chosen rows of the data.</summary>
    public abstract void Gather(ReadOnlySpan<int> rows);

    /// <summary>A part whose data is the batch of this one, whatever it is at the time.</summary>
    public abstract BatchPart<T> OfBatch();

    /// <summary>Makes the batch empty, to <see cref="Append"/> to it.</summary>
    public abstract void Clear();

    /// <summary>Adds a row of a stream to the batch.</summary>
    public abstract void Append(StreamedRow<T> row);

    /// <summary>Hands the batch to the node of a network that it is for.</summary>
    public abstract void Present(Network<T> network);
}
