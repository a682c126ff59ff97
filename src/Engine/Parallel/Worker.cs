namespace EE569.Engine.Parallel;

/// <summary>One thread of the pool: spins for about as long as the serial part of a training step, then sleeps.</summary>
internal sealed class Worker
{
    private const int Idle = 0;
    private const int Offered = 1;
    private const int Running = 2;
    private const int Spins = 2000;

    // Monitor.Wait and Pulse need a plain object.
    private readonly object _gate = new();
    private PartitionedJob? _job;
    private int _state;
    private bool _asleep;

    public Worker() => new Thread(Loop) { IsBackground = true, Name = "EE569 worker" }.Start();

    /// <summary>Offers a job; the worker must be idle.</summary>
    public void Begin(PartitionedJob job)
    {
        _job = job;

        // A full barrier, as in WaitForOffer: either the worker sees the offer or this thread sees that the worker sleeps.
        Interlocked.Exchange(ref _state, Offered);
        if (Volatile.Read(ref _asleep))
        {
            lock (_gate)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Takes the offer back if the worker never came to it, for lack of a processor; otherwise waits until it is done.</summary>
    public void End()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Offered) == Offered)
        {
            return;
        }

        SpinWait spinner = default;
        while (Volatile.Read(ref _state) != Idle)
        {
            spinner.SpinOnce(sleep1Threshold: -1);
        }
    }

    private void Loop()
    {
        while (true)
        {
            WaitForOffer();
            if (Interlocked.CompareExchange(ref _state, Running, Offered) == Offered)
            {
                _job!.Help();
                Volatile.Write(ref _state, Idle);
            }
        }
    }

    private void WaitForOffer()
    {
        for (int i = 0; i < Spins; i++)
        {
            if (Volatile.Read(ref _state) == Offered)
            {
                return;
            }

            Thread.SpinWait(8);
        }

        lock (_gate)
        {
            _asleep = true;
            Interlocked.MemoryBarrier();
            while (Volatile.Read(ref _state) != Offered)
            {
                Monitor.Wait(_gate);
            }

            _asleep = false;
        }
    }
}
