using System.Collections.Concurrent;
using EE569.Experiments.Studies;
using Spectre.Console;

namespace EE569.Experiments.Terminal;

/// <summary>A bar for each study.</summary>
internal sealed class BarProgress(ProgressContext display) : IProgressReporter
{
    private readonly ConcurrentDictionary<string, ProgressTask> _bars = new();

    public void Begin(string study, int cells)
    {
        ProgressTask bar = _bars.GetOrAdd(study, name => display.AddTask(name, maxValue: 0));
        bar.MaxValue += cells;
    }

    public void CellDone(string study, string cell, bool resumed)
    {
        _bars[study].Description = Markup.Escape($"{study} {cell}");
        _bars[study].Increment(1);
    }

    public void Note(string study, string note)
    {
        if (_bars.TryGetValue(study, out ProgressTask? bar))
        {
            bar.Description = Markup.Escape($"{study} {note}");
        }
    }

    public void End(string study, TimeSpan elapsed)
    {
        _bars[study].Description = study;
        _bars[study].StopTask();
    }
}
