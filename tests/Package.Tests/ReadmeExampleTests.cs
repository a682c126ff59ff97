using System.Globalization;
using System.Text.RegularExpressions;

namespace EE569.Package.Tests;

/// <summary>README's example, as it stands there, is a whole program: built and run in a folder of its own, outside the repository.</summary>
[TestClass]
public sealed partial class ReadmeExampleTests
{
    [TestMethod]
    public void It_runs_in_a_project_that_references_the_built_assemblies()
    {
        using var folder = new TemporaryFolder();
        RunExample(folder.Path, ConsumerProject.BuiltAssemblies);
    }

    [TestMethod]
    public void It_runs_in_a_project_that_references_the_packed_files()
    {
        using var folder = new TemporaryFolder();
        string packed = Path.Combine(folder.Path, "packed"), restored = Path.Combine(folder.Path, "packages");
        Packing.Pack("src/Engine", packed);
        Packing.Pack("src/Trainers", packed);

        // A package folder of its own: one of the same version that another run left must not be taken for the packed one. All others come from the user's.
        string known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        RunExample(folder.Path, $"""<PackageReference Include="EE569.Trainers" Version="{Repository.Version}" />""",
            $"<RestorePackagesPath>{restored}</RestorePackagesPath><RestoreAdditionalProjectSources>{packed}</RestoreAdditionalProjectSources>" +
            $"<RestoreAdditionalProjectFallbackFolders>{known}</RestoreAdditionalProjectFallbackFolders>");

        CollectionAssert.IsSubsetOf(new[] { "ee569.engine", "ee569.trainers" }, Directory.GetDirectories(restored).Select(Path.GetFileName).ToArray());
    }

    private static void RunExample(string folder, string references, string properties = "")
    {
        Match example = ExamplePattern().Match(File.ReadAllText(Repository.PathOf("README.md")).ReplaceLineEndings("\n"));
        Assert.IsTrue(example.Success, "README has no example");
        string output = ConsumerProject.Run(folder, example.Groups["code"].Value, references, properties);

        Match accuracy = AccuracyPattern().Match(output);
        Assert.IsTrue(accuracy.Success, output);
        Assert.IsGreaterThan(90, int.Parse(accuracy.Groups["percent"].Value, CultureInfo.InvariantCulture), output);
        Assert.IsGreaterThan(0L, new FileInfo(Path.Combine(folder, "iris.zip")).Length);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"accuracy (?<percent>\d+)")]
    private static partial Regex AccuracyPattern();
}
