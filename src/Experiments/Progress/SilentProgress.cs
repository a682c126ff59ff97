namespace EE569.Experiments.Progress;

/// <summary>Shows nothing.</summary>
internal sealed class SilentProgress : IProgressReporter
{
    public void Begin(string task, double amount, string unit = "")
    {
    }

    public void Advance(string task, double amount)
    {
    }

    public void CellDone(string study, string cell, bool resumed)
    {
    }

    public void Note(string task, string note)
    {
    }

    public void End(string task, TimeSpan elapsed)
    {
    }
}
