using System.Reflection;
using System.Xml.Linq;

namespace EE569.Package.Tests;

/// <summary>The checkout that this test assembly was built from.</summary>
internal static class Repository
{
    private static readonly HashSet<string> notInGit = ["bin", "obj", "artifacts", "results", "TestResults", "node_modules", ".git", ".vs", ".idea"];

    public static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = XDocument.Load(PathOf("Directory.Build.props")).Descendants("Version").Single().Value;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The paths of the project's own files of a pattern, from the root, with forward slashes; what a build makes is left out.</summary>
    public static IEnumerable<string> Files(string pattern) => FilesIn(new DirectoryInfo(Root), pattern)
        .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'));

    private static IEnumerable<string> FilesIn(DirectoryInfo folder, string pattern) => folder.EnumerateFiles(pattern).Select(file => file.FullName)
        .Concat(folder.EnumerateDirectories().Where(inner => !notInGit.Contains(inner.Name)).SelectMany(inner => FilesIn(inner, pattern)));

    private static string Metadata(string key) =>
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
