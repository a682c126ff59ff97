namespace EE569.Trainers;

/// <summary>How a training went.</summary>
/// <param name="History">Figures per epoch.</param>
/// <param name="StopReason">Why it ended.</param>
internal sealed record TrainingReport(History History, StopReason StopReason);
