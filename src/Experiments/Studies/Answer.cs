namespace EE569.Experiments.Studies;

/// <summary>A theory question answered by a small experiment: its figure, whose finding answers it, and what theory expects.</summary>
internal sealed record Answer(Figure Figure, Claim Claim);
