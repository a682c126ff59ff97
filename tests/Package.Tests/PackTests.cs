using System.IO.Compression;
using System.Reflection.Metadata;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace EE569.Package.Tests;

/// <summary>What `dotnet pack` makes.</summary>
[TestClass]
public sealed partial class PackTests
{
    /// <summary>The kind of debug information that holds a source link, by the Portable PDB format.</summary>
    private static readonly Guid sourceLinkKind = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [TestMethod]
    public void Engine_package_carries_readme_icon_licence_docs_and_symbols()
    {
        using var folder = new TemporaryFolder();
        Packing.Pack("src/Engine", folder.Path);

        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder.Path, $"EE569.Engine.{Repository.Version}.nupkg"));
        string[] entries = [.. package.Entries.Select(entry => entry.FullName)];
        CollectionAssert.IsSubsetOf(new[] { "README.md", "icon.png", "lib/net10.0/EE569.Engine.dll", "lib/net10.0/EE569.Engine.xml" }, entries);
        XElement metadata = Metadata(package);
        Assert.AreEqual("MIT", Value(metadata, "license"));
        Assert.AreEqual("README.md", Value(metadata, "readme"));
        Assert.AreEqual("icon.png", Value(metadata, "icon"));
        foreach (string name in new[] { "description", "authors", "tags", "copyright" })
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(Value(metadata, name)), name);
        }

        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder.Path, $"EE569.Engine.{Repository.Version}.snupkg"));
        Assert.IsNotNull(symbols.GetEntry("lib/net10.0/EE569.Engine.pdb"));
    }

    [TestMethod]
    public void Symbols_link_to_the_sources_of_the_commit_they_were_built_from()
    {
        using var folder = new TemporaryFolder();
        if (!Path.Exists(Repository.PathOf(".git")))
        {
            Assert.Inconclusive("Needs git and a checkout made with it.");
        }

        ChildProcess.Succeed(folder.Path, "git", "clone", "-q", Repository.Root, "clone");
        string clone = Path.Combine(folder.Path, "clone"), commit = ChildProcess.Succeed(clone, "git", "rev-parse", "HEAD").Trim();
        ChildProcess.Succeed(clone, "git", "remote", "set-url", "origin", "https://github.com/example/EE569.git");
        ChildProcess.Succeed(clone, "dotnet", "pack", "-c", "Release", "src/Engine", "-o", folder.Path);

        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder.Path, $"EE569.Engine.{Repository.Version}.nupkg"));
        XElement repository = Metadata(package).Elements().Single(element => element.Name.LocalName == "repository");
        Assert.AreEqual("https://github.com/example/EE569.git", repository.Attribute("url")!.Value);
        Assert.AreEqual(commit, repository.Attribute("commit")!.Value);
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(folder.Path, $"EE569.Engine.{Repository.Version}.snupkg"));
        Assert.Contains($"https://raw.githubusercontent.com/example/EE569/{commit}/*", SourceLink(symbols.GetEntry("lib/net10.0/EE569.Engine.pdb")!));
    }

    [TestMethod]
    public void Packages_depend_on_what_a_user_expects_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        Packing.Pack("src/Engine", folder.Path);
        Packing.Pack("src/Distributed", folder.Path);
        Packing.Pack("src/Trainers", folder.Path);

        CollectionAssert.AreEquivalent(new[] { "System.Numerics.Tensors" }, Dependencies(folder.Path, "EE569.Engine"));
        CollectionAssert.AreEquivalent(new[] { "EE569.Engine" }, Dependencies(folder.Path, "EE569.Distributed"));
        CollectionAssert.AreEquivalent(new[] { "EE569.Engine", "Google.Protobuf", "Microsoft.ML" }, Dependencies(folder.Path, "EE569.Trainers"));
    }

    [TestMethod]
    public void Packing_twice_gives_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string[] places = [folder.File("one"), folder.File("two")];
        Array.ForEach(places, place => Packing.Pack("src/Engine", place));

        foreach (string file in Directory.GetFiles(places[0]))
        {
            CollectionAssert.AreEqual(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(places[1], Path.GetFileName(file))), Path.GetFileName(file));
        }
    }

    [TestMethod]
    public void The_tool_is_installed_from_its_package_alone_and_trains()
    {
        using var folder = new TemporaryFolder();
        Packing.Pack("src/Experiments", folder.File("packed"));
        folder.File("NuGet.config", $"""<configuration><packageSources><clear /><add key="packed" value="{folder.File("packed")}" /></packageSources></configuration>""");
        File.Copy(Repository.PathOf("data", "iris.csv"), folder.File("iris.csv"));
        ChildProcess.Succeed(folder.Path, "env", $"NUGET_PACKAGES={folder.File("cache")}", "dotnet", "tool", "install", "EE569.Tool", "--tool-path", "tool");
        string tool = folder.File(Path.Combine("tool", "ee569"));

        Assert.StartsWith(Repository.Version, ChildProcess.Succeed(folder.Path, tool, "--version"));
        Assert.Contains("Wrote model/model.zip", ChildProcess.Succeed(folder.Path, tool, "train", "--data", "iris.csv", "--label", "Label", "--epochs", "2"));
        CollectionAssert.AreEqual(new[] { "train" }, Completed(folder.Path, Path.Combine(folder.Path, "tool"), "ee569 tra"));
        CollectionAssert.AreEqual(new[] { "--tensorboard", "--text" }, Completed(folder.Path, Path.Combine(folder.Path, "tool"), "ee569 train --te").Order().ToArray());
    }

    /// <summary>What bash offers for a line, by the tool's own script.</summary>
    private static string[] Completed(string folder, string path, string line) => ChildProcess.Succeed(folder, "bash", "-c",
        $$"""PATH="{{path}}:$PATH"; source <(ee569 completion bash); COMP_LINE="{{line}}"; COMP_POINT={{line.Length}}; COMP_WORDS=($COMP_LINE); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _ee569; printf '%s\n' "${COMPREPLY[@]}" """)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [TestMethod]
    public void The_version_is_semantic_and_heads_the_change_log()
    {
        Assert.MatchesRegex(SemanticVersion(), Repository.Version);
        string newest = File.ReadLines(Repository.PathOf("CHANGELOG.md")).First(line => line.StartsWith("## ", StringComparison.Ordinal));
        Assert.AreEqual(Repository.Version, newest.Split(' ')[1]);
    }

    private static string[] Dependencies(string folder, string name)
    {
        using ZipArchive package = ZipFile.OpenRead(Path.Combine(folder, $"{name}.{Repository.Version}.nupkg"));
        return [.. Metadata(package).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value)];
    }

    private static XElement Metadata(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    }

    private static string? Value(XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    private static string SourceLink(ZipArchiveEntry symbols)
    {
        using Stream entry = symbols.Open();
        using var copy = new MemoryStream();
        entry.CopyTo(copy);
        copy.Position = 0;
        using var provider = MetadataReaderProvider.FromPortablePdbStream(copy);
        MetadataReader reader = provider.GetMetadataReader();
        return reader.CustomDebugInformation.Select(reader.GetCustomDebugInformation)
            .Where(information => reader.GetGuid(information.Kind) == sourceLinkKind)
            .Select(information => Encoding.UTF8.GetString(reader.GetBlobBytes(information.Value)))
            .SingleOrDefault("no source link");
    }

    [GeneratedRegex(@"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$")]
    private static partial Regex SemanticVersion();
}
