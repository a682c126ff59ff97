namespace EE569.Engine.Data;

/// <summary>Examples in memory: features, targets and, where there are categories, their ids.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class InMemoryData<T> : DataSource<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private protected InMemoryData(int features, int rows, Targets<T> targets)
        : base(features)
    {
        ArgumentNullException.ThrowIfNull(targets);
        DataCheck.Rows(rows, targets.Rows);
        Targets = targets;
    }

    /// <summary>The targets and weights.</summary>
    public Targets<T> Targets { get; }

    /// <summary>Ids of categories beside the features, examples x id columns, for an <see cref="IdInput{T}"/>; null for none, the default. Not copied.</summary>
    /// <exception cref="ArgumentException">The number of rows differs from that of the features.</exception>
    public Matrix<int>? Ids
    {
        get;
        init => field = value is null || value.Rows == Targets.Rows
            ? value
            : throw new ArgumentException($"There are {Targets.Rows} rows of features but {value.Rows} of ids.", nameof(value));
    }

    /// <inheritdoc/>
    public sealed override long? Count => Targets.Rows;

    /// <inheritdoc/>
    public sealed override int IdColumns => Ids?.Columns ?? 0;

    private protected sealed override bool IsInMemory => true;

    internal sealed override BatchReader<T> CreateReader(int batchSize, Network<T> network, bool isSparse) =>
        new IndexedReader<T>(Ids is null ? [CreateFeatures(isSparse)] : [CreateFeatures(isSparse), new IdPart<T>(Ids)], Targets, batchSize);

    private protected sealed override void CheckRows(Network<T> network)
    {
        network.Loss.Check(Targets);
        for (int row = 0; row < Ids?.Rows; row++)
        {
            network.Ids!.Check(Ids.Row(row), row);
        }
    }

    /// <summary>The features as part of a batch.</summary>
    private protected abstract BatchPart<T> CreateFeatures(bool isSparse);

    private protected Matrix<int>? IdsOf(ReadOnlySpan<int> rows)
    {
        if (Ids is null)
        {
            return null;
        }

        var ids = new Matrix<int>(0, Ids.Columns);
        ids.Gather(Ids, rows);
        return ids;
    }
}
