namespace EE569.Engine.Parallel;

/// <summary>
/// How many threads a computation may use. Parts are handed out one by one to the threads of one process-wide pool; the caller works
/// too. Which thread runs a part never changes a result, since parts share no sums.
/// </summary>
internal sealed class Workers
{
    private Workers(int count) => Count = count;

    /// <summary>The calling thread only.</summary>
    public static Workers Single { get; } = new(1);

    /// <summary>Threads that work at the same time, the caller included.</summary>
    public int Count { get; }

    /// <param name="numberOfThreads">At least 1; more than the machine's processors do not help.</param>
    public static Workers Of(int numberOfThreads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(numberOfThreads, 1);
        return numberOfThreads == 1 ? Single : new Workers(numberOfThreads);
    }

    /// <summary>Runs every part and returns when all are done. Allocates nothing after the first call for a type of work.</summary>
    public void Run<TWork>(int parts, in TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (Count > 1 && parts > 1 && WorkerPool.TryRun(Math.Min(Count, parts), parts, work))
        {
            return;
        }

        for (int part = 0; part < parts; part++)
        {
            work.Execute(part);
        }
    }
}
