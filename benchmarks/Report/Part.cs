namespace EE569.Benchmarks.Report;

/// <summary>What one measurement adds to the page; parts with the same heading and introduction share one table.</summary>
/// <param name="Heading">Of the section.</param>
/// <param name="Introduction">Markdown before the table: what was measured and how.</param>
/// <param name="Header">Columns of the table.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Verdicts">Targets that the measurement decides.</param>
internal sealed record Part(string Heading, string Introduction, string[] Header, string[][] Rows, Verdict[] Verdicts);
