using System.Collections.Concurrent;
using Spectre.Console;

namespace EE569.Experiments.Terminal;

/// <summary>A bar for each task.</summary>
internal sealed class BarProgress(ProgressContext display) : IProgressReporter
{
    private readonly ConcurrentDictionary<string, ProgressTask> _bars = new();

    public void Begin(string task, double amount, string unit = "")
    {
        ProgressTask bar = _bars.GetOrAdd(task, name => display.AddTask(Markup.Escape(Named(name, unit)), maxValue: 0));
        bar.MaxValue += amount;
    }

    private static string Named(string task, string unit) => unit.Length > 0 ? $"{task} ({unit})" : task;

    public void Advance(string task, double amount) => _bars[task].Increment(amount);

    public void CellDone(string study, string cell, bool resumed)
    {
        Note(study, cell);
        Advance(study, 1);
    }

    public void Note(string task, string note)
    {
        if (_bars.TryGetValue(task, out ProgressTask? bar))
        {
            bar.Description = Markup.Escape($"{task} {note}");
        }
    }

    public void End(string task, TimeSpan elapsed)
    {
        ProgressTask bar = _bars[task];
        bar.Description = Markup.Escape(task);
        bar.MaxValue = Math.Max(bar.Value, 1e-9); // less than planned, where a training stopped early
        bar.StopTask();
    }
}
