namespace EE569.Experiments.Report;

/// <summary>One of the script libraries that draw the charts.</summary>
/// <param name="Name">Its npm package.</param>
/// <param name="Version">The pinned version.</param>
/// <param name="Integrity">SHA-384 of its minified file, which the file from npm and from the CDN must have.</param>
internal sealed record VegaLibrary(string Name, string Version, string Integrity)
{
    /// <summary>The minified file inside the package.</summary>
    public string File => $"build/{Name}.min.js";

    /// <summary>Where browsers find the same file.</summary>
    public string Url => $"https://cdn.jsdelivr.net/npm/{Name}@{Version}/{File}";
}
