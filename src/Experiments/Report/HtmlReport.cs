using System.Net;
using System.Reflection;
using System.Text.Json;
using EE569.Experiments.Results;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Report;

/// <summary>The report: one HTML page with every claim, figure and table of a run.</summary>
internal sealed class HtmlReport(RunDescription run, IReadOnlyList<CompletedStudy> studies, IReadOnlyList<(VegaLibrary Library, string? Script)> libraries)
{
    public void Write(TextWriter page)
    {
        page.WriteLine($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>EE569: studies of mini-batch training</title>
            <style>
            {Asset("report.css")}</style>
            </head>
            <body>
            """);
        WriteHeader(page);
        page.WriteLine("<main>");
        foreach (CompletedStudy study in studies)
        {
            WriteStudy(page, study);
        }

        page.WriteLine("</main>");
        WriteScripts(page);
        page.WriteLine("</body>\n</html>");
    }

    private void WriteHeader(TextWriter page)
    {
        int claims = studies.Sum(study => study.Result.Claims.Count);
        int holding = studies.Sum(study => study.Result.Claims.Count(claim => claim.Holds));
        page.WriteLine($"""
            <header>
            <h1>Studies of mini-batch training</h1>
            <p>{studies.Count} studies; {holding} of {claims} observations of the source hold in this run.</p>
            <dl class="run">
            {Item("Command", $"<code>{Text(run.Command)}</code>")}
            {Item("Date", Text(run.Date))}
            {Item("Seed", Text(run.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)))}
            {Item("Machine", Text($"{run.Processor}; {run.OperatingSystem}"))}
            {Item("Versions", Text($"{run.Runtime}; {run.MLNet}; EE569 {Version()}"))}
            </dl>
            <nav aria-label="Contents">
            <ol>
            {string.Join('\n', studies.Select(study => $"<li><a href=\"#{study.Study.Id}\">{Text(study.Study.Title)}</a></li>"))}
            </ol>
            </nav>
            </header>
            """);
    }

    private static void WriteStudy(TextWriter page, CompletedStudy completed)
    {
        IStudy study = completed.Study;
        page.WriteLine($"""
            <section id="{study.Id}">
            <h2>{Text(study.Title)}</h2>
            <p>{Text(study.Question)}</p>
            <p class="quiet">{Text(completed.Result.Setting)} {Text(FormattableString.Invariant($"Took {completed.Elapsed.TotalSeconds:F1} s."))}</p>
            """);
        WriteClaims(page, completed.Result.Claims);
        foreach (Figure figure in completed.Result.Figures)
        {
            WriteFigure(page, study.Id, figure);
        }

        foreach (Table table in completed.Result.Tables)
        {
            WriteTable(page, study.Id, table);
        }

        page.WriteLine("</section>");
    }

    private static void WriteClaims(TextWriter page, IReadOnlyList<Claim> claims)
    {
        if (claims.Count == 0)
        {
            return;
        }

        page.WriteLine("<div class=\"scroll\"><table><thead><tr><th>Observation</th><th>Source</th><th>Here</th><th></th></tr></thead><tbody>");
        foreach (Claim claim in claims)
        {
            string verdict = claim.Holds ? "<td class=\"holds\">holds</td>" : "<td class=\"differs\">differs</td>";
            page.WriteLine($"<tr><td>{Text(claim.Statement)}</td><td>{Text(claim.Source)}</td><td>{Text(claim.Here)}</td>{verdict}</tr>");
        }

        page.WriteLine("</tbody></table></div>");
    }

    private static void WriteFigure(TextWriter page, string study, Figure figure)
    {
        string id = $"{study}-{figure.Id}";
        IEnumerable<string> files = figure.Data
            .Select(table => Link(ResultFolder.TablePath(study, table), $"{table.Name}.csv"))
            .Append(Link(ResultFolder.SpecificationPath(study, figure), "Vega-Lite"));
        page.WriteLine($"""
            <figure id="{id}">
            <figcaption><h3>{Text(figure.Title)}</h3><p>{Text(figure.Finding)}</p></figcaption>
            <div class="scroll"><div class="chart" role="img" aria-label="{Text(figure.AltText)}" data-specification="{id}-specification"></div></div>
            <p class="files">{string.Join(" · ", files)}</p>
            <script type="application/json" id="{id}-specification">{figure.Specification.ToJsonString(JsonSerializerOptions.Default)}</script>
            </figure>
            """);
    }

    private static void WriteTable(TextWriter page, string study, Table table)
    {
        bool[] numeric = [.. table.Columns.Select((_, i) => table.Rows.Any(row => row[i] is double or float or int or long))];
        string Cell(string tag, int column, string text) => $"<{tag}{(numeric[column] ? " class=\"number\"" : "")}>{Text(text)}</{tag}>";

        page.WriteLine($"<div class=\"scroll\"><table><caption>{Text(table.Title)}</caption><thead><tr>{string.Concat(table.Columns.Select((column, i) => Cell("th", i, column.Name)))}</tr></thead><tbody>");
        foreach (object?[] row in table.Rows)
        {
            page.WriteLine($"<tr>{string.Concat(row.Select((cell, i) => Cell("td", i, table.Display(cell, i))))}</tr>");
        }

        page.WriteLine($"</tbody></table></div>\n<p class=\"files\">{Link(ResultFolder.TablePath(study, table), $"{table.Name}.csv")}</p>");
    }

    private void WriteScripts(TextWriter page)
    {
        foreach ((VegaLibrary library, string? script) in libraries)
        {
            page.WriteLine(script is null
                ? $"<script src=\"{library.Url}\" integrity=\"sha384-{library.Integrity}\" crossorigin=\"anonymous\"></script>"
                : $"<script>{script.Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase)}</script>");
        }

        page.WriteLine($"<script>\n{Asset("report.js")}</script>");
    }

    private static string Item(string name, string html) => $"<dt>{name}</dt><dd>{html}</dd>";

    private static string Link(string path, string text) => $"<a href=\"{Text(path)}\">{Text(text)}</a>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Version() => typeof(HtmlReport).Assembly.GetName().Version?.ToString(3) ?? "";

    private static string Asset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"EE569.Experiments.Report.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
