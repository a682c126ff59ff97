using System.Text.RegularExpressions;
using EE569.Experiments.Studies.Data;
using EE569.Experiments.Tests.Report;
using Microsoft.Playwright;

namespace EE569.Experiments.Tests.Commands;

/// <summary>The card that <c>train</c> leaves beside a model.</summary>
[TestClass]
public sealed partial class ModelCardTests
{
    private static readonly string[] Kinds = ["number", "boolean", "category", "date"];

    [TestMethod]
    [DataRow("Outcome")]
    [DataRow("Price")]
    public async Task It_tells_figures_columns_shapes_and_the_worst_rows_and_a_browser_draws_it(string label)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        string[] lines = [.. Enumerable.Range(0, 300).Select(i => FormattableString.Invariant(
            $"{i + 1000},{random.NextDouble() + (i % 2):F3},{(random.Next(10) == 0 ? "" : $"{random.Next(100)}")},{"red green blue".Split(' ')[random.Next(3)]},{new DateTime(2020, 1, 1).AddDays(random.Next(700)):yyyy-MM-dd},{(i % 2 == 0 ? "paid" : "late")},{(i % 2 * 3) + random.NextDouble():F3}"))];
        string data = folder.File("debts.csv", $"Id,Debt,Age,Colour,Day,Outcome,Price\n{string.Join('\n', lines)}\n");
        ProgramRun run = await ProgramRun.WithCard("train", "--data", data, "--label", label, "--ignore", "Id", label == "Price" ? "Outcome" : "Price", "--validation-fraction", "0.3", "--epochs", "30", "--out", folder.Path);
        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("model.html", run.Output);

        await using BrowserPage opened = await BrowserPage.Open(Path.Combine(folder.Path, "model.html"), width: 1000, ColorScheme.Dark);
        IPage page = opened.Page;
        Assert.IsEmpty(opened.Complaints, string.Join('\n', opened.Complaints));
        Assert.AreEqual(await page.Locator(".chart").CountAsync(), await page.Locator(".chart[data-state=drawn]:has(svg.marks[role=img] path)").CountAsync());
        Assert.AreEqual(4, await page.Locator("figure[id^=dependence-]").CountAsync(), "each column has a shape");
        StringAssert.Contains(await page.Locator("#importance figcaption p").TextContentAsync(), "without Debt");
        Assert.AreEqual(10, await page.Locator("caption:has-text('largest')").Locator("xpath=..").Locator("tbody tr").CountAsync());
        string text = (await page.Locator("body").TextContentAsync())!;
        Assert.Contains("set aside for validation", text);
        Assert.Contains($"ee569 train --data {data} --label {label}", text);
        Assert.Contains("Microsoft.ML 5.0.1", text);
        foreach (string kind in Kinds.Except(["boolean"]))
        {
            Assert.Contains(kind, text);
        }

        foreach (Match interval in IntervalPattern().Matches(await File.ReadAllTextAsync(Path.Combine(folder.Path, "model.html"))))
        {
            double[] cells = [.. interval.Groups.Values.Skip(1).Select(cell => double.Parse(cell.Value, System.Globalization.CultureInfo.InvariantCulture))];
            Assert.IsLessThanOrEqualTo(cells[2], cells[1]);
        }

        IReadOnlyList<string> faults = await opened.AccessibilityFaults();
        Assert.IsEmpty(faults, string.Join('\n', faults));
    }

    [TestMethod]
    public async Task Without_rows_set_aside_it_says_that_the_figures_flatter_and_without_a_card_there_is_none()
    {
        using var folder = new TemporaryFolder();
        string[] train = ["train", "--data", LabeledCsv.ShippedPath("iris.csv"), "--label", "Label", "--epochs", "2", "--out", folder.Path];
        await ProgramRun.WithCard([.. train, "--no-card"]);
        Assert.IsFalse(File.Exists(folder.File("model.html")));
        await ProgramRun.WithCard([.. train, "--validation-fraction", "0"]);
        Assert.Contains("the figures flatter it", await File.ReadAllTextAsync(folder.File("model.html")));
    }

    [GeneratedRegex("""<tr><td>[^<]*</td><td class="number">([^<]+)</td><td class="number">([^<]+)</td><td class="number">([^<]+)</td></tr>""")]
    private static partial Regex IntervalPattern();
}
