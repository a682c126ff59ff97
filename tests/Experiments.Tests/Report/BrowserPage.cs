using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EE569.Experiments.Tests.Report;

/// <summary>A page of the program in a headless Chromium that reaches no network, with all its charts drawn.</summary>
internal sealed class BrowserPage : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    /// <summary>Milliseconds that a busy machine may take over a step.</summary>
    private const float Patience = 300_000;

    private readonly List<string> _complaints = [];
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BrowserPage(IPlaywright playwright, IBrowser browser, IPage page)
    {
        (_playwright, _browser, Page) = (playwright, browser, page);
        page.Console += (_, message) => _complaints.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Add(error);
        page.Request += (_, request) => _complaints.AddRange(request.Url.StartsWith("http", StringComparison.Ordinal) ? [$"asked for {request.Url}"] : []);
    }

    public IPage Page { get; }

    /// <summary>What the console logged, what no script caught and what the page wanted from a network.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Opens the file in a window of the given width, without network; the test is inconclusive where there is no Chromium.</summary>
    public static Task<BrowserPage> Open(string file, int width, ColorScheme scheme = ColorScheme.Light) => Open(new Uri(file), width, scheme);

    /// <summary>Opens a file, or the page of a server of this machine.</summary>
    public static async Task<BrowserPage> Open(Uri address, int width = 1000, ColorScheme scheme = ColorScheme.Light)
    {
        string? chromium = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
        if (chromium is null)
        {
            Assert.Inconclusive($"No {string.Join(", ", Names)} on PATH: the page was not opened in a browser.");
        }

        IPlaywright playwright = await Playwright.CreateAsync();
        IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments, Timeout = Patience });
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 1600 }, ColorScheme = scheme, Offline = address.IsFile });
        var opened = new BrowserPage(playwright, browser, page);
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(address.AbsoluteUri);
        await page.Locator("html[data-state=drawn]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return opened;
    }

    /// <summary>
    /// What axe-core finds wrong for readers with a keyboard, a screen reader or weak sight; a line for each element. A chart is one image with
    /// one text: its thousands of marks are not read one by one.
    /// </summary>
    public async Task<IReadOnlyList<string>> AccessibilityFaults()
    {
        AxeResult result = await Page.RunAxe(
            new AxeRunContext { Exclude = [new AxeSelector(".chart svg.marks > g")] },
            new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id} ({rule.Help}): {node.Html}"))];
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
