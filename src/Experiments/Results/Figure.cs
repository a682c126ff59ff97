using System.Text.Json.Nodes;

namespace EE569.Experiments.Results;

/// <summary>A chart with everything a reader needs: its specification, its data, a description for who cannot see it, and what it shows.</summary>
/// <param name="Id">A short name fit for a file.</param>
/// <param name="Title">The heading above the chart.</param>
/// <param name="AltText">What the chart looks like, in words.</param>
/// <param name="Finding">What this run's data shows; computed, never fixed.</param>
/// <param name="Specification">The complete Vega-Lite specification, data included.</param>
/// <param name="Data">The figures drawn, one CSV file each.</param>
internal sealed record Figure(string Id, string Title, string AltText, string Finding, JsonObject Specification, IReadOnlyList<Table> Data);
