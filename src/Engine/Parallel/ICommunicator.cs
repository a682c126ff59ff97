namespace EE569.Engine.Parallel;

/// <summary>
/// Joins processes - ranks, numbered from 0 - that run the same training on parts of every batch. All ranks call the same members in the same order; a call returns when
/// every rank has made it.
/// </summary>
/// <remarks>EE569.Distributed has implementations: over MPI, and between threads of one process.</remarks>
public interface ICommunicator
{
    /// <summary>The number of this rank, from 0.</summary>
    int Rank { get; }

    /// <summary>Number of ranks.</summary>
    int Size { get; }

    /// <summary>Gives every rank the messages of all, one after the other in the order of the ranks.</summary>
    /// <param name="own">This rank's message, <c>lengths[Rank]</c> bytes.</param>
    /// <param name="all">Receives the messages: as many bytes as the lengths sum to.</param>
    /// <param name="lengths">The length of each rank's message in bytes, from 0, the same on every rank.</param>
    void AllGather(ReadOnlySpan<byte> own, Span<byte> all, ReadOnlySpan<int> lengths);

    /// <summary>Waits until every rank has come here.</summary>
    void Barrier();
}
