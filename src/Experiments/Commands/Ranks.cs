using System.Runtime.ExceptionServices;
using EE569.Distributed;
using EE569.Engine.Parallel;

namespace EE569.Experiments.Commands;

/// <summary>The processes of one command that a launcher of MPI has started: rank 0 alone prints and writes files, and a fault of any ends all.</summary>
internal sealed class Ranks : IDisposable
{
    /// <summary>How long another rank keeps silent about a fault that rank 0 may be about to tell as well.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>What a launcher needs to pass a line on: MPICH's drops it when the ranks are ended at once.</summary>
    private static readonly TimeSpan Forwarding = TimeSpan.FromMilliseconds(200);

    private readonly MpiCommunicator _mpi;
    private bool _allKnow;

    private Ranks(TimeSpan? timeout) => _mpi = new MpiCommunicator(timeout);

    /// <summary>The number that the launcher gave this process, by the variables of Open MPI, MPICH (and Slurm's PMI) and PMIx; null if none started it.</summary>
    public static int? Launched { get; } = new[] { "OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK" }
        .Select(name => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int rank) ? rank : (int?)null).FirstOrDefault(rank => rank is not null);

    public MpiCommunicator Communicator => _mpi;

    /// <summary>Whether this process prints and writes.</summary>
    public bool IsFirst => _mpi.Rank == 0;

    /// <summary>Joins the other processes if a launcher has started them, or if asked to.</summary>
    /// <param name="isAsked">Whether the user says so.</param>
    /// <param name="timeout">How long a rank may wait for others; that of <see cref="MpiCommunicator"/> by default.</param>
    /// <exception cref="UserException">There is no MPI library.</exception>
    public static Ranks? Join(bool isAsked, TimeSpan? timeout = null)
    {
        try
        {
            return isAsked || Launched is not null ? new Ranks(timeout) : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or InvalidOperationException)
        {
            throw new UserException(exception.Message, exception);
        }
    }

    /// <summary>Does what every rank does for itself before they go on together.</summary>
    /// <param name="ranks">The ranks, or null for a process alone.</param>
    /// <param name="work">What to do.</param>
    /// <exception cref="UserException">It went wrong on some rank, which the message names unless all say the same.</exception>
    public static T Together<T>(Ranks? ranks, Func<T> work) => ranks is null ? work() : ranks.Together(work);

    /// <summary>Computes independent things, which the ranks take in turn; all get all of them.</summary>
    /// <param name="ranks">The ranks, or null for a process alone.</param>
    /// <param name="count">Their number.</param>
    /// <param name="compute">Computes one, which has a form in JSON.</param>
    public static IReadOnlyList<T> InTurn<T>(Ranks? ranks, int count, Func<int, T> compute)
    {
        (int rank, int size) = (ranks?._mpi.Rank ?? 0, ranks?._mpi.Size ?? 1);
        T[] own = Together<T[]>(ranks, () => [.. Enumerable.Range(0, count).Where(i => i % size == rank).Select(compute)]);
        T[][] all = ranks is null ? [own] : Array.ConvertAll(ranks._mpi.AllGather(JsonText.Of(own)), JsonText.Read<T[]>);
        return [.. Enumerable.Range(0, count).Select(i => all[i % size][i / size])];
    }

    private T Together<T>(Func<T> work)
    {
        (T? result, Exception? fault) = (default, null);
        try
        {
            result = work();
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        string[] faults = _mpi.AllGather(fault?.Message.ReplaceLineEndings(" ") ?? "");
        int first = Array.FindIndex(faults, message => message.Length > 0);
        if (first >= 0)
        {
            _allKnow = true;
            throw new UserException(faults.Distinct().Count() == 1 ? faults[first] : $"rank {first}: {faults[first]}", fault!);
        }

        return result!;
    }

    /// <summary>Runs what the ranks do together; a fault here would leave the others waiting, and so ends them.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (!_allKnow && exception is not OperationCanceledException)
        {
            Thread.Sleep(IsFirst ? TimeSpan.Zero : Grace);
            Console.Error.WriteLine($"ee569: rank {_mpi.Rank}: {exception.Message.ReplaceLineEndings(" ")}");
            Thread.Sleep(Forwarding);
            _mpi.Abort(exception is UserException or IOException or UnauthorizedAccessException ? CommandLine.UserError : CommandLine.Fault);
            ExceptionDispatchInfo.Throw(exception);
            throw;
        }
    }

    public void Dispose() => _mpi.Dispose();
}
