using System.Numerics;
using EE569.Engine.Nodes;

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

    /// <summary>Whether batches are sparse rows.</summary>
    internal virtual bool IsSparse => false;

    /// <summary>Checks what can be checked before the first step.</summary>
    internal abstract void Check(Loss<T> loss);

    /// <summary>Opens the data.</summary>
    /// <param name="batchSize">Largest number of rows of a batch.</param>
    /// <param name="loss">The loss that tells which targets are needed.</param>
    internal abstract BatchReader<T> CreateReader(int batchSize, Loss<T> loss);
}
