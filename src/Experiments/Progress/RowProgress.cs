using System.Diagnostics;

namespace EE569.Experiments.Progress;

/// <summary>Shows how many rows are done.</summary>
internal sealed class RowProgress
{
    private const int Step = 1000;

    private readonly IProgressReporter _progress;
    private readonly string _task;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private long _done;

    public RowProgress(IProgressReporter progress, string task, long rows)
    {
        (_progress, _task) = (progress, task);
        progress.Begin(task, rows, "rows");
    }

    public void RowDone()
    {
        if (++_done % Step == 0)
        {
            _progress.Advance(_task, Step);
        }
    }

    public void End()
    {
        _progress.Advance(_task, _done % Step);
        _progress.End(_task, _clock.Elapsed);
    }

    /// <summary>Counts the values while they are read.</summary>
    public static IEnumerable<T> Over<T>(IEnumerable<T> values, IProgressReporter progress, string task, long rows)
    {
        var counter = new RowProgress(progress, task, rows);
        foreach (T value in values)
        {
            counter.RowDone();
            yield return value;
        }

        counter.End();
    }
}
