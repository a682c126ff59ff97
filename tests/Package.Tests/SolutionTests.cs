using System.Text.RegularExpressions;

namespace EE569.Package.Tests;

/// <summary>`dotnet build EE569.sln` and `dotnet test EE569.sln` leave no project out.</summary>
[TestClass]
public sealed partial class SolutionTests
{
    [TestMethod]
    public void The_solution_lists_every_project()
    {
        string[] listed = [.. ProjectPattern().Matches(File.ReadAllText(Repository.PathOf("EE569.sln"))).Select(match => match.Groups["path"].Value.Replace('\\', '/'))];

        CollectionAssert.AreEquivalent(Repository.Files("*.csproj").ToArray(), listed);
    }

    [TestMethod]
    public void The_solution_builds_every_project_in_both_configurations()
    {
        string solution = File.ReadAllText(Repository.PathOf("EE569.sln"));
        foreach (Match project in ProjectPattern().Matches(solution))
        {
            foreach (string configuration in new[] { "Debug", "Release" })
            {
                Assert.Contains($"{project.Groups["id"].Value}.{configuration}|Any CPU.Build.0 = {configuration}|Any CPU", solution, project.Groups["path"].Value);
            }
        }
    }

    [GeneratedRegex("""^Project\("[^"]*"\) = "[^"]*", "(?<path>[^"]*\.csproj)", "(?<id>[^"]*)"\r?$""", RegexOptions.Multiline)]
    private static partial Regex ProjectPattern();
}
