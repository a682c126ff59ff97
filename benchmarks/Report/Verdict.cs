namespace EE569.Benchmarks.Report;

/// <summary>Whether a target is met in this run.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Target">What is wanted.</param>
/// <param name="Measured">What came out.</param>
/// <param name="IsMet">Whether that is enough.</param>
internal sealed record Verdict(string What, string Target, string Measured, bool IsMet);
