using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using EE569.Experiments.Results;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Report;

/// <summary>
/// Vega, Vega-Lite and vega-embed: taken from their npm packages once, when npm is on the machine, and kept in the user's cache folder, so
/// that the report can carry them and work offline. Without npm the report links to a CDN and the browser checks the hash.
/// </summary>
internal static class VegaLibraries
{
    /// <summary>In the order in which a page must load them.</summary>
    public static readonly IReadOnlyList<VegaLibrary> All =
    [
        new("vega", "5.33.0", "Kpi0LDGE2Pg6N3+B3LiVIugYJ3rGL3AAqlnkRLfFxZtmejptl+TJ3iKY54HF5U3l"),
        new("vega-lite", "5.23.0", "D9LYH0esGjcxQJsBuxOuXtCDJGXRWW1+KhluzWPqi0rLJmiR/ygPChefaD+rFFDQ"),
        new("vega-embed", "6.29.0", "M+Ax7e/WFJpxSOF09HzI+Sj4wg9ottVd/uxmV2ItGGh02fLH28t2FAOJx3TJBap5"),
    ];

    private static readonly TimeSpan NpmTimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>Brings what the cache lacks, which takes some seconds the first time; gives up at the first that cannot be had.</summary>
    public static void Fetch(IProgressReporter progress)
    {
        const string Fetching = "fetching Vega";
        VegaLibrary[] missing = [.. All.Where(library => PathOf(library) is null)];
        if (missing.Length == 0)
        {
            return;
        }

        var clock = Stopwatch.StartNew();
        progress.Begin(Fetching, missing.Length, "packages");
        foreach (VegaLibrary library in missing)
        {
            FetchWithNpm(library, CachePathOf(library));
            if (PathOf(library) is null)
            {
                break;
            }

            progress.Advance(Fetching, 1);
        }

        progress.End(Fetching, clock.Elapsed);
    }

    /// <summary>Each library with its script text, or each with null when one could not be had: without one of them the others are no use.</summary>
    public static IReadOnlyList<(VegaLibrary Library, string? Script)> Load()
    {
        string[] scripts = [.. All.Select(Find).TakeWhile(script => script is not null).OfType<string>()];
        return [.. All.Select((library, i) => (library, scripts.Length == All.Count ? scripts[i] : null))];
    }

    /// <summary>The library's file in the cache; null when it is not there, or not as published.</summary>
    public static string? PathOf(VegaLibrary library) => CachePathOf(library) is var path && IsIntact(path, library) ? path : null;

    private static string? Find(VegaLibrary library) => PathOf(library) is { } path ? File.ReadAllText(path) : null;

    private static string CachePathOf(VegaLibrary library) => Path.Combine(CacheFolder(), $"{library.Name}-{library.Version}.min.js");

    private static string CacheFolder()
    {
        string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string root = !string.IsNullOrEmpty(xdg) ? xdg
            : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(root, "ee569");
    }

    private static bool IsIntact(string path, VegaLibrary library) =>
        File.Exists(path) && Convert.ToBase64String(SHA384.HashData(File.ReadAllBytes(path))) == library.Integrity;

    /// <summary>Best effort: whatever goes wrong here, the report falls back to the CDN.</summary>
    private static void FetchWithNpm(VegaLibrary library, string path)
    {
        string folder = Directory.CreateTempSubdirectory("ee569-npm-").FullName;
        try
        {
            if (Pack(library, folder) && Directory.GetFiles(folder, "*.tgz") is [string archive])
            {
                Extract(archive, $"package/{library.File}", path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UserException or System.ComponentModel.Win32Exception or InvalidDataException)
        {
            return;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Pack(VegaLibrary library, string folder)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm")
        {
            ArgumentList = { "pack", "--silent", "--ignore-scripts", "--fetch-retries=0", $"{library.Name}@{library.Version}" },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process npm = Process.Start(start)!;
        npm.OutputDataReceived += (_, _) => { };
        npm.ErrorDataReceived += (_, _) => { };
        npm.BeginOutputReadLine();
        npm.BeginErrorReadLine();
        if (npm.WaitForExit(NpmTimeLimit))
        {
            return npm.ExitCode == 0;
        }

        npm.Kill(entireProcessTree: true);
        return false;
    }

    private static void Extract(string archive, string entryName, string path)
    {
        using var unpacked = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var reader = new TarReader(unpacked);
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.Name == entryName && entry.DataStream is { } data)
            {
                OutputFile.Write(path, data.CopyTo);
            }
        }
    }
}
