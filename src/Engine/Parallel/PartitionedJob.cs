using System.Runtime.ExceptionServices;

namespace EE569.Engine.Parallel;

/// <summary>What the threads of the pool see of a computation.</summary>
internal abstract class PartitionedJob
{
    private readonly Lock _failing = new();
    private int _parts;
    private int _next;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Takes parts until none is left.</summary>
    public void Help()
    {
        try
        {
            for (int part = Interlocked.Increment(ref _next); part < _parts; part = Interlocked.Increment(ref _next))
            {
                Execute(part);
            }
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public void ThrowIfFailed() => _failure?.Throw();

    protected void Reset(int parts)
    {
        _parts = parts;
        _next = -1;
        _failure = null;
    }

    protected abstract void Execute(int part);

    private void Fail(Exception exception)
    {
        lock (_failing)
        {
            _failure ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
