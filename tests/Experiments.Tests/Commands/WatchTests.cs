using System.Net;
using System.Text.Json;
using EE569.Experiments.Commands;
using EE569.Experiments.Studies.Data;
using EE569.Experiments.Terminal;
using EE569.Experiments.Tests.Report;
using Microsoft.Playwright;

namespace EE569.Experiments.Tests.Commands;

/// <summary><c>train --watch</c>: a training watched and stopped in a browser.</summary>
[TestClass]
public sealed class WatchTests
{
    private static readonly string Digits = LabeledCsv.ShippedPath("digits.csv");

    [TestMethod]
    public async Task A_browser_sees_the_curves_grow_and_its_button_keeps_the_best_model()
    {
        using var folder = new TemporaryFolder();
        string[] options = ["--hidden-layers", "8", "--patience", "1000000", "--validation-fraction", "0.3", "--seed", "5", "--convergence-tolerance", "null", "--no-card"];
        (Task<int> training, StringWriter output, Uri address) = await Start(
            ["train", "--data", Digits, "--label", "Label", "--epochs", "1000000", "--learning-rate", "0.01", .. options, "--json", "--out", folder.Path]);
        await using BrowserPage opened = await BrowserPage.Open(address);
        IPage page = opened.Page;
        await page.Locator("#loss .chart[data-state=drawn]").WaitForAsync();
        int before = await Rows(page);
        await page.WaitForFunctionAsync($"document.querySelector('#loss .chart').view.data('loss').length > {before + 10}");
        StringAssert.StartsWith(await page.Locator("#status").TextContentAsync(), "Epoch ");
        await page.Locator("#stop").ClickAsync();

        Assert.AreEqual(0, await training.WaitAsync(TimeSpan.FromMinutes(2)));
        await page.Locator("#controls").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await page.Locator("html[data-state=drawn]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        JsonElement result = JsonDocument.Parse(output.ToString()).RootElement;
        Assert.AreEqual("Cancelled", result.GetProperty("stopReason").GetString());
        Assert.AreEqual(2 * result.GetProperty("epochs").GetInt32(), await Rows(page), "the page in the browser is the one that was written");
        Assert.IsEmpty(opened.Complaints.Where(complaint => !complaint.Contains(address.Authority, StringComparison.Ordinal)), string.Join('\n', opened.Complaints));

        // The same training to the best epoch's end, undisturbed, has the bits of the model that was kept.
        int best = result.GetProperty("kept")[0].GetProperty("epoch").GetInt32();
        await ProgramRun.Of(["train", "--data", Digits, "--label", "Label", "--epochs", $"{best}", "--learning-rate", "0.01", .. options, "--out", folder.File("again")]);
        ProgramRun kept = await Predict(folder.File("model.zip")), again = await Predict(Path.Combine(folder.File("again"), "model.zip"));
        Assert.AreEqual(0, kept.ExitCode, kept.Error);
        Assert.AreEqual(again.Output, kept.Output);
    }

    [TestMethod]
    public async Task Nobody_but_the_page_itself_is_answered()
    {
        using var folder = new TemporaryFolder();
        (Task<int> training, _, Uri address) = await Start(["train", "--data", Digits, "--label", "Label", "--epochs", "1000000", "--convergence-tolerance", "null", "--no-card", "--out", folder.Path]);
        using var client = new HttpClient { BaseAddress = address };
        async Task<HttpStatusCode> Send(HttpMethod method, string path, string header, string value)
        {
            using var request = new HttpRequestMessage(method, path);
            Assert.IsTrue(request.Headers.TryAddWithoutValidation(header, value));
            using HttpResponseMessage response = await client.SendAsync(request);
            return response.StatusCode;
        }

        Assert.IsTrue(IPAddress.IsLoopback(IPAddress.Parse(address.Host)));
        Assert.AreEqual(HttpStatusCode.Forbidden, await Send(HttpMethod.Post, "stop", "Origin", "https://example.org"));
        Assert.AreEqual(HttpStatusCode.Forbidden, await Send(HttpMethod.Get, "", "Host", $"example.org:{address.Port}"));
        Assert.AreEqual(HttpStatusCode.NotFound, await Send(HttpMethod.Get, "other", "Accept", "*/*"));
        Assert.IsFalse(training.IsCompleted);
        Assert.Contains($"port {address.Port}", await ProgramRun.ErrorOf("train", "--data", Digits, "--label", "Label", "--watch", "--port", $"{address.Port}", "--out", folder.Path));
        Assert.AreEqual(HttpStatusCode.NoContent, await Send(HttpMethod.Post, "stop", "Origin", address.GetLeftPart(UriPartial.Authority)));
        await training.WaitAsync(TimeSpan.FromMinutes(2));
    }

    [TestMethod]
    public async Task The_port_belongs_to_watch() =>
        Assert.Contains("--port belongs to --watch", await ProgramRun.ErrorOf("train", "--data", Digits, "--label", "Label", "--port", "8080"));

    private static Task<ProgramRun> Predict(string model) => ProgramRun.Of("predict", "--model", model, "--data", Digits);

    private static Task<int> Rows(IPage page) => page.EvaluateAsync<int>("document.querySelector('#loss .chart').view.data('loss').length");

    /// <summary>Begins a training with --watch; gives the address that it tells.</summary>
    private static async Task<(Task<int> Training, StringWriter Output, Uri Address)> Start(string[] arguments)
    {
        var output = new StringWriter();
        var error = new AddressWriter();
        Task<int> training = Task.Run(() => CommandLine.RunAsync([.. arguments, "--watch"], new Screen(output, error, outputIsTerminal: false, errorIsTerminal: false)));
        await Task.WhenAny(training, error.Address);
        Assert.IsFalse(training.IsCompleted, error.ToString());
        return (training, output, await error.Address);
    }

    private sealed class AddressWriter : StringWriter
    {
        private const string Mark = "ee569: watch the training at ";

        private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Uri> Address => _address.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.StartsWith(Mark, StringComparison.Ordinal) == true)
            {
                _address.SetResult(new Uri(value[Mark.Length..]));
            }
        }
    }
}
