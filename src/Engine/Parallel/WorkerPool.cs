namespace EE569.Engine.Parallel;

/// <summary>
/// The threads behind <see cref="Workers"/>: started when first needed, spinning a while for the next step of a training and then
/// asleep. They are background threads and hold no resources.
/// </summary>
internal static class WorkerPool
{
    private static readonly List<Worker> Pool = [];
    private static int _busy; // 1 while a computation has the threads, and the list

    /// <returns>false when another computation has the threads; the caller then does the work alone.</returns>
    public static bool TryRun<TWork>(int threads, int parts, in TWork work)
        where TWork : struct, IPartitionedWork
    {
        if (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            return false;
        }

        try
        {
            Start(threads - 1);
            TypedJob<TWork> job = TypedJob<TWork>.Shared;
            job.Prepare(work, parts);
            for (int i = 0; i < threads - 1; i++)
            {
                Pool[i].Begin(job);
            }

            job.Help();
            for (int i = 0; i < threads - 1; i++)
            {
                Pool[i].End();
            }

            job.Forget();
            job.ThrowIfFailed();
            return true;
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void Start(int count)
    {
        while (Pool.Count < count)
        {
            Pool.Add(new Worker());
        }
    }
}
