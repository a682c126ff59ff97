namespace EE569.Experiments.Charts;

/// <summary>One panel of a field chart.</summary>
/// <param name="Row">The panel's row: a setting's value.</param>
/// <param name="Column">The panel's column: a setting's value.</param>
/// <param name="Field">What the panel shows.</param>
internal sealed record FieldPanel(double Row, double Column, ProbabilityField Field);
