namespace EE569.Benchmarks.Report;

/// <summary>A part with the circumstances of its measurement.</summary>
/// <param name="Name">Of the part.</param>
/// <param name="Part">What was measured.</param>
/// <param name="Day">When.</param>
/// <param name="Load">Load average before it.</param>
/// <param name="Peak">GFLOP/s of the multiply-add units of one core before it.</param>
/// <param name="Machine">Processor, versions and peers.</param>
internal sealed record MeasuredPart(string Name, Part Part, DateOnly Day, double Load, double Peak, string Machine);
