namespace EE569.Experiments.Studies;

/// <summary>Hears how a run comes along. Calls arrive from any thread.</summary>
internal interface IProgressReporter
{
    /// <summary>The study is about to run that many cells.</summary>
    void Begin(string study, int cells);

    /// <summary>A cell of the study is done, or was found done by an earlier run.</summary>
    void CellDone(string study, string cell, bool resumed);

    /// <summary>Something worth showing while a cell runs, such as the loss so far.</summary>
    void Note(string study, string note);

    /// <summary>The study is complete.</summary>
    void End(string study, TimeSpan elapsed);
}
