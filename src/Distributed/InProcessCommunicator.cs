namespace EE569.Distributed;

/// <summary>Ranks that are threads of one process: to try and test what runs on several machines, without MPI.</summary>
public sealed class InProcessCommunicator : ICommunicator
{
    private readonly InProcessCommunicator[] _ranks;
    private readonly Barrier _barrier;
    private readonly TimeSpan _timeout;
    private byte[] _message = [];

    private InProcessCommunicator(int rank, InProcessCommunicator[] ranks, Barrier barrier, TimeSpan timeout) =>
        (Rank, _ranks, _barrier, _timeout) = (rank, ranks, barrier, timeout);

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size => _ranks.Length;

    /// <summary>Makes ranks, one for each thread.</summary>
    /// <param name="size">Their number, from 1.</param>
    /// <param name="timeout">How long a call may wait for other ranks. Default 10 minutes.</param>
    public static IReadOnlyList<ICommunicator> Create(int size, TimeSpan? timeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        var barrier = new Barrier(size);
        var ranks = new InProcessCommunicator[size];
        for (int rank = 0; rank < size; rank++)
        {
            ranks[rank] = new(rank, ranks, barrier, timeout ?? TimeSpan.FromMinutes(10));
        }

        return ranks;
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Another rank did not come in time.</exception>
    public void AllGather(ReadOnlySpan<byte> own, Span<byte> all, ReadOnlySpan<int> lengths)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(own.Length, lengths[Rank], nameof(own));
        _message = own.ToArray();
        Barrier();
        foreach (InProcessCommunicator rank in _ranks)
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(rank._message.Length, lengths[rank.Rank], nameof(lengths));
            rank._message.CopyTo(all);
            all = all[rank._message.Length..];
        }

        Barrier();
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Another rank did not come in time.</exception>
    public void Barrier()
    {
        if (!_barrier.SignalAndWait(_timeout))
        {
            throw new TimeoutException($"Rank {Rank} of {Size} has waited {_timeout.TotalSeconds:F0} s for the other ranks: one of them hangs or lags.");
        }
    }
}
