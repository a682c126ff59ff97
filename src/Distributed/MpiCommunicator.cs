using System.Diagnostics;

namespace EE569.Distributed;

/// <summary>The processes that mpirun, or another launcher of MPI, has started; Open MPI from version 4 and MPICH from 3.2 are known.</summary>
/// <remarks>
/// One of it in a process, for its whole life: MPI starts once. Members may be called by any thread, one at a time. A rank that dies ends the others by the launcher;
/// one that ends with an exception must <see cref="Abort"/>, for the others wait for it until the time limit.
/// </remarks>
public sealed class MpiCommunicator : ICommunicator, IDisposable
{
    private const int TestsBeforeYield = 1_000;
    private const int TestsBetweenYields = 64;
    private const int TestsBeforeSleep = 200_000;

    private readonly MpiLibrary _mpi;
    private readonly TimeSpan _timeout;
    private readonly int[] _starts;
    private bool _isComplete;

    /// <summary>Starts MPI.</summary>
    /// <param name="timeout">How long a call may wait for other ranks. Default 10 minutes.</param>
    /// <exception cref="DllNotFoundException">There is no MPI library.</exception>
    /// <exception cref="InvalidOperationException">MPI does not start.</exception>
    public MpiCommunicator(TimeSpan? timeout = null)
    {
        (_mpi, _timeout) = (MpiLibrary.Load(), timeout ?? TimeSpan.FromMinutes(10));
        (Rank, Size) = _mpi.Initialize();
        _starts = new int[Size];
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Another rank did not come in time.</exception>
    public unsafe void AllGather(ReadOnlySpan<byte> own, Span<byte> all, ReadOnlySpan<int> lengths)
    {
        int sum = 0;
        for (int rank = 0; rank < Size; rank++)
        {
            _starts[rank] = sum;
            sum = checked(sum + lengths[rank]);
        }

        ArgumentOutOfRangeException.ThrowIfNotEqual(own.Length, lengths[Rank], nameof(own));
        ArgumentOutOfRangeException.ThrowIfNotEqual(all.Length, sum, nameof(all));
        fixed (byte* ownStart = own, allStart = all)
        fixed (int* lengthsStart = lengths, startsStart = _starts)
        {
            Await(_mpi.StartAllGather(ownStart, own.Length, allStart, lengthsStart, startsStart));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="TimeoutException">Another rank did not come in time.</exception>
    public void Barrier()
    {
        Span<int> lengths = Size <= 256 ? stackalloc int[Size] : new int[Size];
        Span<byte> all = Size <= 256 ? stackalloc byte[Size] : new byte[Size];
        lengths.Fill(1);
        AllGather([0], all, lengths);
    }

    /// <summary>Ends all ranks at once, whatever they do.</summary>
    /// <param name="exitCode">What the launcher is to return.</param>
    public void Abort(int exitCode) => _mpi.Abort(exitCode);

    /// <summary>Ends MPI; waits until all ranks do.</summary>
    public void Dispose()
    {
        if (!_isComplete)
        {
            _isComplete = true;
            _mpi.Complete();
        }
    }

    // MPI's own waiting never gives the processor away, which ranks that share one need. A test moves a large message on by a piece: several before the next yield.
    private void Await(nint request)
    {
        long start = Stopwatch.GetTimestamp();
        for (int tests = 0; !_mpi.IsDone(ref request); tests++)
        {
            if (tests < TestsBeforeYield || tests % TestsBetweenYields != 0)
            {
                continue;
            }

            if (tests > TestsBeforeSleep)
            {
                Thread.Sleep(1);
            }
            else
            {
                Thread.Yield();
            }

            if (Stopwatch.GetElapsedTime(start) > _timeout)
            {
                throw new TimeoutException($"Rank {Rank} of {Size} has waited {_timeout.TotalSeconds:F0} s for the other ranks: one of them hangs or lags.");
            }
        }
    }
}
