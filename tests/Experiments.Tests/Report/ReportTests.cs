using System.Text.RegularExpressions;
using EE569.Experiments.Report;
using EE569.Experiments.Studies;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Tests.Report;

/// <summary>The report of all studies, opened in a browser without network.</summary>
[TestClass]
public sealed partial class ReportTests
{
    private static readonly string[] Ids =
        ["linear-node", "linear-equals-pair", "logistic-regression", "batch-size-a", "batch-size-b", "batch-size-c", "mlp-grid", "mlp-training", "gradient-check", "softmax-regression", "questions", "compare"];

    private static TemporaryFolder? s_folder;

    private static string Report => Path.Combine(s_folder!.Path, "report.html");

    [ClassInitialize]
    public static void WriteReport(TestContext context)
    {
        s_folder = new TemporaryFolder();
        var options = new StudyOptions();
        IReadOnlyList<IStudy> studies = StudyCatalog.Select(Ids);
        var results = new ResultFolder(s_folder.Path);
        CompletedStudy[] completed = [.. new StudyRunner(options, new CellStore(s_folder.Path, options), new SilentProgress()).Run(studies, context.CancellationToken)];
        Array.ForEach(completed, results.Write);
        results.WriteReport(RunDescription.Of(options, studies), completed);
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
        string page = File.ReadAllText(Report);
        int charts = ChartPattern().Count(page);

        Assert.IsGreaterThan(20, charts);
        Assert.AreEqual(charts, AltTextPattern().Count(page));
    }

    [TestMethod]
    [DataRow(390)]
    [DataRow(1400)]
    public void A_browser_without_network_draws_every_chart_and_complains_of_nothing(int width)
    {
        string browser = Chromium.Find() ?? "";
        if (browser.Length == 0)
        {
            Assert.Inconclusive("Chromium is not installed: the report was not opened in a browser.");
        }

        if (VegaLibraries.All.Any(library => VegaLibraries.PathOf(library) is null))
        {
            Assert.Inconclusive("npm could not bring the Vega libraries: the report draws its charts with a network only.");
        }

        (string document, string log) = Chromium.Open(browser, Report, width);
        string[] complaints = [.. log.Split('\n').Where(line => line.Contains("CONSOLE", StringComparison.Ordinal))];

        Assert.IsEmpty(complaints, string.Join('\n', complaints));
        Assert.AreEqual(ChartPattern().Count(document), DrawnPattern().Count(document), "every chart is drawn");
        Assert.IsGreaterThanOrEqualTo(DrawnPattern().Count(document), MarkPattern().Count(document), "a drawn chart holds an SVG with marks");
        Assert.DoesNotContain("NaN", string.Concat(SvgPathPattern().Matches(document).Select(match => match.Value)), "no path runs through what is not a number");
    }

    [GeneratedRegex("<a href=\"([^\"]+)\"")]
    private static partial Regex LinkPattern();

    [GeneratedRegex("<div class=\"chart[^\"]*\" role=\"img\"")]
    private static partial Regex ChartPattern();

    [GeneratedRegex("role=\"img\" aria-label=\"[^\"]{20,}\"")]
    private static partial Regex AltTextPattern();

    [GeneratedRegex("data-state=\"drawn\"[^>]*><(?:details|svg|div)")]
    private static partial Regex DrawnPattern();

    [GeneratedRegex("<svg [^>]*class=\"marks\"")]
    private static partial Regex MarkPattern();

    [GeneratedRegex(" d=\"[^\"]*NaN[^\"]*\"")]
    private static partial Regex SvgPathPattern();
}
