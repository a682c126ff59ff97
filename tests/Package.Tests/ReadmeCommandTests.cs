using System.Text.RegularExpressions;

namespace EE569.Package.Tests;

/// <summary>README's commands on a CSV of one's own, typed as they stand there.</summary>
[TestClass]
public sealed partial class ReadmeCommandTests
{
    [TestMethod]
    public void They_lead_from_a_CSV_to_a_comparison_a_model_and_predictions()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        string[] rows = [.. Enumerable.Range(0, 2000).Select(i => FormattableString.Invariant($"{random.NextDouble() + (i % 2)},{random.Next(100)},{(i % 2 == 0 ? "paid" : "late")}"))];
        File.WriteAllLines(Path.Combine(folder.Path, "my.csv"), ["Debt,Age,Outcome", .. rows]);
        File.WriteAllLines(Path.Combine(folder.Path, "new.csv"), ["Debt,Age", "0.1,30", "1.9,40"]);

        string[] commands = [.. CommandPattern().Matches(File.ReadAllText(Repository.PathOf("README.md"))).Select(match => match.Groups["arguments"].Value)];
        CollectionAssert.AreEqual(new[] { "compare", "train", "predict" }, commands.Select(command => command.Split(' ')[0]).ToArray());
        foreach (string command in commands)
        {
            ChildProcess.Succeed(folder.Path, "dotnet", [ChildProcess.CommandLine, .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        }

        string[] predictions = [.. File.ReadLines(Path.Combine(folder.Path, "predictions.csv")).Skip(1).Select(line => line.Split(',')[0])];
        CollectionAssert.AreEqual(new[] { "paid", "late" }, predictions);
    }

    [GeneratedRegex(@"^dotnet run -c Release --project src/Experiments -- (?<arguments>.*(my|new)\.csv.*)$", RegexOptions.Multiline)]
    private static partial Regex CommandPattern();
}
