using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EE569.Package.Tests;

/// <summary>The notebook's cells, put together, are a program that does what the text between them says.</summary>
[TestClass]
public sealed partial class NotebookTests
{
    private static readonly JsonArray cells = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "iris.ipynb")))!["cells"]!.AsArray();

    [TestMethod]
    public void Its_cells_train_evaluate_and_save()
    {
        // In a program usings come first and types last; lines for the notebook itself have no place in it.
        string[] code = [.. Sources("code").Select(cell => string.Join('\n', cell.Split('\n').Where(line => !line.StartsWith('#'))))];
        ILookup<int, string> ordered = code.ToLookup(cell => cell.StartsWith("using", StringComparison.Ordinal) ? 0 : cell.StartsWith("class", StringComparison.Ordinal) ? 2 : 1);
        using var folder = new TemporaryFolder();

        string output = ConsumerProject.Run(folder.Path, string.Join('\n', ordered.OrderBy(kind => kind.Key).SelectMany(kind => kind)), ConsumerProject.BuiltAssemblies);

        Assert.DoesNotContain("warning", output);
        Assert.Contains("after 60 epochs", output);
        Assert.HasCount(6, EpochPattern().Matches(output));
        Match accuracy = AccuracyPattern().Match(output);
        Assert.IsTrue(accuracy.Success, output);
        Assert.IsGreaterThan(85, int.Parse(accuracy.Groups["percent"].Value), output);
        Assert.Contains("Confusion table", output);
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "iris.zip")) && File.Exists(Path.Combine(folder.Path, "iris.onnx")));
    }

    [TestMethod]
    public void It_asks_for_the_version_that_is_packed_and_holds_no_output()
    {
        Assert.Contains($"#r \"nuget: EE569.Trainers, {Repository.Version}\"", string.Concat(Sources("code")));
        Assert.IsTrue(cells.Where(cell => (string)cell!["cell_type"]! == "code").All(cell => cell!["outputs"]!.AsArray().Count == 0));
    }

    private static IEnumerable<string> Sources(string type) =>
        cells.Where(cell => (string)cell!["cell_type"]! == type).Select(cell => string.Concat(cell!["source"]!.AsArray().Select(line => (string)line!)));

    [GeneratedRegex(@"^ +\d0  \d\.\d{4}  \d\.\d{4}", RegexOptions.Multiline)]
    private static partial Regex EpochPattern();

    [GeneratedRegex(@"accuracy (?<percent>\d+)")]
    private static partial Regex AccuracyPattern();
}
