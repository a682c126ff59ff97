using System.Text.Json;

namespace EE569.Experiments.Report;

/// <summary>The folder a run writes: <c>report.html</c>, and for each study its tables and figures as CSV and Vega-Lite files.</summary>
internal sealed class ResultFolder(string folder)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Path of a table's CSV file inside the folder, with forward slashes as links want them.</summary>
    public static string TablePath(string study, Table table) => $"{study}/{table.Name}.csv";

    /// <summary>Path of a figure's Vega-Lite file inside the folder.</summary>
    public static string SpecificationPath(string study, Figure figure) => $"{study}/{figure.Id}.vl.json";

    /// <summary>Fails at once, and not after minutes of work, when the folder cannot be written.</summary>
    public void CheckWritable() => OutputFile.CheckWritable(folder);

    /// <summary>Writes a study's tables and figures.</summary>
    public void Write(CompletedStudy completed)
    {
        string id = completed.Study.Id;
        foreach (Table table in completed.Result.Tables.Concat(completed.Result.Figures.SelectMany(figure => figure.Data)))
        {
            OutputFile.WriteText(Path.Combine(folder, TablePath(id, table)), table.WriteCsv);
        }

        foreach (Figure figure in completed.Result.Figures)
        {
            OutputFile.WriteText(Path.Combine(folder, SpecificationPath(id, figure)), writer => writer.WriteLine(figure.Specification.ToJsonString(Indented)));
        }
    }

    /// <summary>Writes the report and returns its path.</summary>
    public string WriteReport(RunDescription run, IReadOnlyList<CompletedStudy> completed)
    {
        string path = Path.Combine(folder, "report.html");
        OutputFile.WriteText(path, new HtmlReport(run, completed).Write);
        return path;
    }
}
