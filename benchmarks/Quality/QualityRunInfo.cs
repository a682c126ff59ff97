namespace EE569.Benchmarks.Quality;

/// <summary>Circumstances of a run: a line of the results.</summary>
/// <param name="Machine">Processor and versions.</param>
/// <param name="Day">When it began.</param>
/// <param name="Load">Load average at its beginning.</param>
/// <param name="Jobs">Fits at a time.</param>
internal sealed record QualityRunInfo(string Machine, DateOnly Day, double Load, int Jobs);
