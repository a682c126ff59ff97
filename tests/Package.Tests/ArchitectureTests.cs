using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EE569.Package.Tests;

/// <summary>The diagram of docs/architecture.md shows the project references that exist, and no other.</summary>
[TestClass]
public sealed partial class ArchitectureTests
{
    [TestMethod]
    public void Diagram_shows_the_project_references()
    {
        string page = File.ReadAllText(Repository.PathOf("docs", "architecture.md"));
        Dictionary<string, string> folders = NodePattern().Matches(page).ToDictionary(m => m.Groups["id"].Value, m => m.Groups["label"].Value.Split("<br/>")[0]);
        var drawn = EdgePattern().Matches(page).Select(m => $"{folders[m.Groups["from"].Value]} -> {folders[m.Groups["to"].Value]}").ToHashSet();

        var actual = Projects().SelectMany(References).ToHashSet();

        CollectionAssert.AreEquivalent(actual.Order().ToArray(), drawn.Order().ToArray());
    }

    [TestMethod]
    public void Engine_references_no_other_project_and_the_libraries_only_the_engine()
    {
        string[] references = [.. Projects().SelectMany(References)];
        Assert.IsFalse(references.Any(r => r.StartsWith("src/Engine ->", StringComparison.Ordinal)));
        Assert.IsFalse(references.Any(r => r.EndsWith("-> src/Trainers", StringComparison.Ordinal) && !r.StartsWith("src/Experiments ->", StringComparison.Ordinal)));
        Assert.IsFalse(references.Any(r => r.EndsWith("-> src/Experiments", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Projects() => Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories);

    /// <summary>The projects and ML.NET packages that a project names.</summary>
    private static IEnumerable<string> References(string project)
    {
        string folder = Path.GetDirectoryName(project)!;
        XDocument xml = XDocument.Load(project);
        IEnumerable<string> projects = xml.Descendants("ProjectReference")
            .Select(reference => Relative(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value)))!));
        IEnumerable<string> packages = xml.Descendants("PackageReference").Select(reference => reference.Attribute("Include")!.Value)
            .Where(name => name.StartsWith("Microsoft.ML", StringComparison.Ordinal) || name == "Microsoft.Data.Analysis");
        return projects.Concat(packages).Select(reference => $"{Relative(folder)} -> {reference}");
    }

    private static string Relative(string path) => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');

    [GeneratedRegex("""(?<id>\w+)\["(?<label>[^"]*)"\]""")]
    private static partial Regex NodePattern();

    [GeneratedRegex("""^\s*(?<from>\w+)(\["[^"]*"\])?\s*-\.?->\s*(?<to>\w+)""", RegexOptions.Multiline)]
    private static partial Regex EdgePattern();
}
