using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EE569.Package.Tests;

/// <summary>docs/security.md names every package that comes with the tool, with the licence that the package tells.</summary>
[TestClass]
public sealed partial class SupplyChainTests
{
    [TestMethod]
    public void The_table_of_licences_has_every_package_that_is_shipped()
    {
        using var assets = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("src", "Experiments", "obj", "project.assets.json")));
        JsonElement root = assets.RootElement;
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        var shipped = root.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package" && new[] { "runtime", "native", "runtimeTargets" }.Any(kind => library.Value.TryGetProperty(kind, out _)))
            .Where(library => !library.Name.StartsWith("Grpc.Tools/", StringComparison.Ordinal)).Select(library => library.Name.Split('/')).ToDictionary(name => name[0], name => name[1]);
        var listed = RowPattern().Matches(File.ReadAllText(Repository.PathOf("docs", "security.md"))).Skip(1).ToDictionary(row => row.Groups["name"].Value, row => row.Groups["licence"].Value);

        CollectionAssert.AreEquivalent(shipped.Keys.ToArray(), listed.Keys.ToArray());
        foreach ((string name, string version) in shipped)
        {
            string? nuspec = folders.Select(folder => Path.Combine(folder, name.ToLowerInvariant(), version, $"{name.ToLowerInvariant()}.nuspec")).FirstOrDefault(File.Exists);
            Assert.IsNotNull(nuspec, name);
            XElement? licence = XDocument.Load(nuspec).Descendants().FirstOrDefault(element => element.Name.LocalName == "license" && element.Attribute("type")?.Value == "expression");
            Assert.AreEqual(licence?.Value.Replace(" OR ", " or ", StringComparison.Ordinal) ?? listed[name], listed[name], name);
        }
    }

    [GeneratedRegex(@"^\| (?<name>[\w.]+) \| (?<licence>[\w.\- ]+) \| [ET]? ?\|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();
}
