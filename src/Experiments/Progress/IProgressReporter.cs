namespace EE569.Experiments.Progress;

/// <summary>Hears how a run comes along. Calls arrive from any thread.</summary>
internal interface IProgressReporter
{
    /// <summary>The task is about to begin, or to go on, with that much to do.</summary>
    void Begin(string task, double amount, string unit = "");

    /// <summary>That much more of the task is done.</summary>
    void Advance(string task, double amount);

    /// <summary>A cell of the study is done, or was found done by an earlier run.</summary>
    void CellDone(string study, string cell, bool resumed);

    /// <summary>Something worth showing while a task runs, such as the loss so far.</summary>
    void Note(string task, string note);

    /// <summary>The task is complete.</summary>
    void End(string task, TimeSpan elapsed);
}
