namespace EE569.Benchmarks.Report;

/// <summary>A part of the report.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Images">Name without folder, and content, of the SVG files that the text refers to as images/name.</param>
/// <param name="Verdicts">Targets that its measurements decide.</param>
internal sealed record Section(string Title, string Text, IReadOnlyDictionary<string, string>? Images = null, IReadOnlyList<Verdict>? Verdicts = null);
