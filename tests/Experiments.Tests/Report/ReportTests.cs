using System.Text.Json;
using System.Text.RegularExpressions;
using EE569.Experiments.Report;
using EE569.Experiments.Studies;
using EE569.Experiments.Tests.Studies;
using Microsoft.Playwright;

namespace EE569.Experiments.Tests.Report;

/// <summary>The report of all studies (the comparison on two data sets), opened in a browser without network.</summary>
[TestClass]
public sealed partial class ReportTests
{
    private static TemporaryFolder? s_folder;

    private static string Report => Path.Combine(s_folder!.Path, "report.html");

    [ClassInitialize]
    public static void WriteReport(TestContext _)
    {
        s_folder = new TemporaryFolder();
        var compare = new CompareStudy(["iris", "circles"]);
        CompletedStudy[] completed =
        [
            .. StudyTests.Ids.Select(id => new CompletedStudy(StudyCatalog.Select([id])[0], StudyTests.ResultOf(id, seed: 1), TimeSpan.FromSeconds(1))),
            new(compare, StudyTests.Run(compare, seed: 1), TimeSpan.FromSeconds(1)),
        ];
        var results = new ResultFolder(s_folder.Path);
        Array.ForEach(completed, results.Write);
        results.WriteReport(RunDescription.Of(new StudyOptions(), StudyCatalog.All), completed);
    }

    [ClassCleanup]
    public static void DeleteReport() => s_folder?.Dispose();

    [TestMethod]
    public void Every_link_of_the_report_leads_somewhere()
    {
        string page = File.ReadAllText(Report);
        string[] links = [.. LinkPattern().Matches(page).Select(match => match.Groups[1].Value)];

        Assert.IsNotEmpty(links);
        foreach (string link in links)
        {
            bool exists = link.StartsWith('#') ? page.Contains($"id=\"{link[1..]}\"", StringComparison.Ordinal) : File.Exists(Path.Combine(s_folder!.Path, link));
            Assert.IsTrue(exists, link);
        }
    }

    [TestMethod]
    public void Every_figure_has_an_alt_text()
    {
        MatchCollection specifications = SpecificationPattern().Matches(File.ReadAllText(Report));

        Assert.IsGreaterThan(20, specifications.Count);
        foreach (Match specification in specifications)
        {
            Assert.IsGreaterThanOrEqualTo(20, JsonDocument.Parse(specification.Groups[1].Value).RootElement.GetProperty("description").GetString()!.Length);
        }
    }

    [TestMethod]
    [DataRow(390, ColorScheme.Dark)]
    [DataRow(1400, ColorScheme.Light)]
    public async Task A_browser_without_network_draws_every_chart_and_complains_of_nothing(int width, ColorScheme scheme)
    {
        await using BrowserPage opened = await BrowserPage.Open(Report, width, scheme);
        IPage page = opened.Page;
        int charts = await page.Locator(".chart").CountAsync();

        Assert.IsEmpty(opened.Complaints, string.Join('\n', opened.Complaints));
        Assert.IsGreaterThan(20, charts);
        Assert.AreEqual(charts, await page.Locator(".chart[data-state=drawn]:has(svg.marks[role=img][aria-label] path)").CountAsync(), "every chart is drawn: an image with marks and a text");
        Assert.AreEqual(0, await page.Locator("path[d*=NaN]").CountAsync(), "no path runs through what is not a number");
        Assert.AreEqual(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), "the page itself does not scroll sideways");
        IReadOnlyList<string> faults = await opened.AccessibilityFaults();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public async Task The_charts_are_drawn_by_the_versions_that_package_json_names()
    {
        await using Stream resource = typeof(HtmlReport).Assembly.GetManifestResourceStream("EE569.Experiments.Report.Assets.Vega.package.json")!;
        JsonElement named = (await JsonDocument.ParseAsync(resource)).RootElement.GetProperty("dependencies");
        await using BrowserPage opened = await BrowserPage.Open(Report, width: 1400);

        Assert.AreEqual(named.GetProperty("vega").GetString(), await opened.Page.EvaluateAsync<string>("vega.version"));
        Assert.AreEqual(named.GetProperty("vega-lite").GetString(), await opened.Page.EvaluateAsync<string>("vegaLite.version"));
        Assert.AreEqual(named.GetProperty("vega-embed").GetString(), await opened.Page.EvaluateAsync<string>("vegaEmbed.version"));
    }

    [TestMethod]
    public async Task It_prints_as_a_PDF_of_at_least_a_page_for_each_study()
    {
        await using BrowserPage opened = await BrowserPage.Open(Report, width: 1400, ColorScheme.Dark);
        string pdf = System.Text.Encoding.Latin1.GetString(await opened.Page.PdfAsync());

        Assert.StartsWith("%PDF-", pdf);
        Assert.IsGreaterThanOrEqualTo(StudyTests.Ids.Length + 1, PdfPagePattern().Count(pdf));
    }

    [TestMethod]
    public async Task The_report_is_small_and_holds_each_library_and_no_data_that_is_not_drawn()
    {
        string text = await File.ReadAllTextAsync(Report);
        MatchCollection specifications = SpecificationPattern().Matches(text);

        Assert.IsLessThan(3_000_000, new FileInfo(Report).Length);
        Assert.HasCount(5, ScriptPattern().Matches(text), "Vega, Vega-Lite, vega-embed with their licences, and what uses them");
        Assert.IsGreaterThan(20, specifications.Count);
        foreach (Match specification in specifications)
        {
            foreach (JsonProperty dataset in JsonDocument.Parse(specification.Groups[1].Value).RootElement.GetProperty("datasets").EnumerateObject())
            {
                Assert.Contains($"{{\"name\":\"{dataset.Name}\"}}", specification.Value, $"{dataset.Name} is drawn");
            }
        }
    }

    [GeneratedRegex("<script type=\"application/json\"[^>]*>(.*?)</script>")]
    private static partial Regex SpecificationPattern();

    [GeneratedRegex(@"/Type /Page\b")]
    private static partial Regex PdfPagePattern();

    [GeneratedRegex("<script>")]
    private static partial Regex ScriptPattern();

    [GeneratedRegex("<a href=\"([^\"]+)\"")]
    private static partial Regex LinkPattern();
}
