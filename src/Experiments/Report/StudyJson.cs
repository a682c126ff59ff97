using System.Text.Json.Nodes;

namespace EE569.Experiments.Report;

/// <summary>A study's result as <c>--json</c> prints it.</summary>
internal sealed record StudyJson(
    string Id, string Title, string Setting, double Seconds, IReadOnlyList<Claim> Claims,
    IReadOnlyDictionary<string, JsonArray> Tables, IReadOnlyDictionary<string, string> Findings)
{
    public static StudyJson Of(CompletedStudy completed) => new(
        completed.Study.Id,
        completed.Study.Title,
        completed.Result.Setting,
        completed.Elapsed.TotalSeconds,
        completed.Result.Claims,
        completed.Result.Tables.ToDictionary(table => table.Name, table => table.ToJson()),
        completed.Result.Figures.ToDictionary(figure => figure.Id, figure => figure.Finding));
}
