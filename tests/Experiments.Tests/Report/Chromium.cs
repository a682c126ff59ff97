using System.Diagnostics;

namespace EE569.Experiments.Tests.Report;

/// <summary>A headless Chromium that dumps a page's document after its scripts have run.</summary>
internal static class Chromium
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Opens the file without network at the given width; returns the document and what the console logged.</summary>
    public static (string Document, string Log) Open(string browser, string file, int width)
    {
        using var profile = new TemporaryFolder();
        var start = new ProcessStartInfo(browser)
        {
            ArgumentList =
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", $"--user-data-dir={profile.Path}", "--enable-logging=stderr",
                "--host-resolver-rules=MAP * ~NOTFOUND", "--virtual-time-budget=60000", $"--window-size={width},1600", "--dump-dom", new Uri(file).AbsoluteUri,
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> log = process.StandardError.ReadToEndAsync();
        string document = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (document, log.Result);
    }
}
