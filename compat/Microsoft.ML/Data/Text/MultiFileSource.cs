namespace Microsoft.ML.Data;

/// <summary>Streams that a loader reads one after the other.</summary>
public interface IMultiStreamSource
{
    int Count { get; }

    string? GetPathOrNull(int index);

    Stream Open(int index);

    TextReader OpenTextReader(int index);
}

/// <summary>Files; the name of one may be a pattern, as in folder/*.csv.</summary>
public sealed class MultiFileSource : IMultiStreamSource
{
    private readonly string[] _paths;

    public MultiFileSource(params string[]? paths) => _paths = [.. (paths ?? []).SelectMany(Expand)];

    public int Count => _paths.Length;

    public string GetPathOrNull(int index) => _paths[index];

    public Stream Open(int index) => File.OpenRead(_paths[index]);

    public TextReader OpenTextReader(int index) => new StreamReader(_paths[index]);

    private static IEnumerable<string> Expand(string path)
    {
        string pattern = Path.GetFileName(path);
        string folder = Path.GetDirectoryName(path) is { Length: > 0 } name ? name : ".";
        return pattern.Contains('*') && Directory.Exists(folder)
            ? Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal)
            : [path];
    }
}
