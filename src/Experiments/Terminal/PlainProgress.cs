using System.Globalization;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Terminal;

/// <summary>One line when a study begins, one when it ends, and one about cells that an earlier run left.</summary>
internal sealed class PlainProgress(TextWriter writer) : IProgressReporter
{
    private readonly Lock _gate = new();
    private int _cells;
    private int _resumed;

    public void Begin(string study, int cells)
    {
        lock (_gate)
        {
            if (_cells == 0)
            {
                writer.WriteLine($"{study}: running");
            }

            _cells += cells;
        }
    }

    public void CellDone(string study, string cell, bool resumed)
    {
        lock (_gate)
        {
            _resumed += resumed ? 1 : 0;
        }
    }

    public void Note(string study, string note)
    {
    }

    public void End(string study, TimeSpan elapsed)
    {
        lock (_gate)
        {
            string resumed = _resumed > 0 ? $", {_resumed} taken from the stopped run" : "";
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{study}: {_cells} {(_cells == 1 ? "step" : "steps")} in {elapsed.TotalSeconds:F1} s{resumed}"));
            (_cells, _resumed) = (0, 0);
        }
    }
}
