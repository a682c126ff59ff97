using System.Net;
using System.Reflection;
using System.Text.Json;

namespace EE569.Experiments.Report;

/// <summary>A self-contained HTML page with tables and charts: what the report and a training's page are made of.</summary>
internal static class HtmlPage
{
    /// <summary>Vega, Vega-Lite and vega-embed as published, and what draws the page's charts with them; in the order in which they need each other.</summary>
    private static readonly string[] Scripts = ["Vega.vega.min.js", "Vega.vega-lite.min.js", "Vega.vega-embed.min.js", "report.js"];

    /// <summary>Writes the page around a body; the libraries that draw the charts come last, behind them the scripts named.</summary>
    public static void Write(TextWriter page, string title, Action<TextWriter> body, params string[] scripts)
    {
        page.WriteLine($"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <link rel="icon" href="data:,">
            <title>{Text(title)}</title>
            <style>
            {Asset("report.css")}</style>
            </head>
            <body>
            """);
        body(page);
        page.WriteLine($"<script>/*\n{Asset("Vega.LICENSE.txt")}*/</script>");
        foreach (string script in Scripts.Concat(scripts))
        {
            page.WriteLine($"<script>\n{Asset(script)}</script>");
        }

        page.WriteLine("</body>\n</html>");
    }

    /// <summary>Writes a chart with its title, its finding and links to its files.</summary>
    public static void WriteFigure(TextWriter page, string id, Figure figure, IEnumerable<string> links) => page.WriteLine($"""
        <figure id="{id}">
        <figcaption><h3>{Text(figure.Title)}</h3><p>{Text(figure.Finding)}</p></figcaption>
        <div class="scroll"><div class="chart" data-specification="{id}-specification"></div></div>
        <p class="files">{string.Join(" · ", links)}</p>
        <script type="application/json" id="{id}-specification">{figure.Specification.ToJsonString(JsonSerializerOptions.Default)}</script>
        </figure>
        """);

    /// <summary>Writes a table with its title as caption.</summary>
    public static void WriteTable(TextWriter page, Table table)
    {
        bool[] numeric = [.. table.Columns.Select((_, i) => table.Rows.Any(row => row[i] is double or float or int or long))];
        string Cell(string tag, int column, string text, string scope = "") => $"<{tag}{scope}{(numeric[column] ? " class=\"number\"" : "")}>{Text(text)}</{tag}>";

        string heads = string.Concat(table.Columns.Select((column, i) => Cell("th", i, column.Name, " scope=\"col\"")));
        page.WriteLine($"<div class=\"scroll\"><table><caption>{Text(table.Title)}</caption><thead><tr>{heads}</tr></thead><tbody>");
        foreach (object?[] row in table.Rows)
        {
            page.WriteLine($"<tr>{string.Concat(row.Select((cell, i) => Cell("td", i, table.Display(cell, i))))}</tr>");
        }

        page.WriteLine("</tbody></table></div>");
    }

    /// <summary>A definition list of what a reader needs to repeat a run.</summary>
    public static string Definitions(params IEnumerable<(string Term, string Html)> items) =>
        $"<dl class=\"run\">\n{string.Join('\n', items.Select(item => $"<dt>{item.Term}</dt><dd>{item.Html}</dd>"))}\n</dl>";

    public static string Link(string path, string text) => $"<a href=\"{Text(path)}\">{Text(text)}</a>";

    /// <summary>The text with the characters that HTML reserves written out.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Asset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"EE569.Experiments.Report.Assets.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
