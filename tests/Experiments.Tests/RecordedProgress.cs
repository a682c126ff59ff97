using EE569.Experiments.Progress;

namespace EE569.Experiments.Tests;

/// <summary>Adds up what it is told.</summary>
internal sealed class RecordedProgress : IProgressReporter
{
    public double Total { get; private set; }

    public double Done { get; private set; }

    public void Begin(string task, double amount, string unit = "") => Total += amount;

    public void Advance(string task, double amount) => Done += amount;

    public void CellDone(string study, string cell, bool resumed) => Done++;

    public void Note(string task, string note)
    {
    }

    public void End(string task, TimeSpan elapsed)
    {
    }
}
