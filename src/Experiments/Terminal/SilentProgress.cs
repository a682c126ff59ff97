using EE569.Experiments.Studies;

namespace EE569.Experiments.Terminal;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgress : IProgressReporter
{
    public void Begin(string study, int cells)
    {
    }

    public void CellDone(string study, string cell, bool resumed)
    {
    }

    public void Note(string study, string note)
    {
    }

    public void End(string study, TimeSpan elapsed)
    {
    }
}
