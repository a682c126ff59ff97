namespace EE569.Experiments.Studies;

/// <summary>A study with what it found and how long that took.</summary>
internal sealed record CompletedStudy(IStudy Study, StudyResult Result, TimeSpan Elapsed);
