using EE569.Experiments.Data;
using EE569.Experiments.Report;
using EE569.Experiments.Terminal;

namespace EE569.Experiments.Tests.Commands;

/// <summary>What the commands print for a reader; the JSON is tested with the figures.</summary>
[TestClass]
public sealed class TextOutputTests
{
    private static readonly string iris = LabeledCsv.ShippedPath("iris.csv");

    [TestMethod]
    public async Task Compare_prints_metrics_confusion_matrices_and_verdicts()
    {
        ProgramRun run = await ProgramRun.Of("compare", "--data", iris, "--label", "Label", "--folds", "2");

        Assert.AreEqual(0, run.ExitCode, run.Error);
        foreach (string learner in new[] { "SoftmaxRegression", "SoftmaxMlp", "SdcaMaximumEntropy", "LbfgsMaximumEntropy", "AveragedPerceptron", "FastTree", "LightGbm" })
        {
            Assert.Contains(learner, run.Output);
        }

        Assert.Contains("iris: 150 rows, 3 classes; mean and standard error (±) over 10 x 2 folds", run.Output);
        Assert.Contains("on iris: rows are actual, columns predicted classes", run.Output);
        Assert.Contains("McNemar's test of our learners against the built-in ones", run.Output);
    }

    [TestMethod]
    public async Task Evaluate_prints_accuracy_with_its_interval_and_the_recall_of_each_class()
    {
        using var folder = new TemporaryFolder();
        await ProgramRun.Of("train", "--data", iris, "--label", "Label", "--out", folder.Path);
        ProgramRun run = await ProgramRun.Of("evaluate", "--model", Path.Combine(folder.Path, "model.zip"), "--data", iris, "--label", "Label");

        Assert.AreEqual(0, run.ExitCode, run.Error);
        Assert.Contains("150 rows: accuracy 9", run.Output);
        Assert.Contains("95 % interval", run.Output);
        Assert.Contains("Rows are actual, columns predicted classes", run.Output);
        Assert.HasCount(3, run.Output.Split('\n').Where(line => line.StartsWith("setosa", StringComparison.Ordinal) || line.StartsWith("versicolor", StringComparison.Ordinal) || line.StartsWith("virginica", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public async Task Svg_draws_every_figure_with_libraries_fetched_once_and_checked()
    {
        using var folder = new TemporaryFolder();
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        Environment.SetEnvironmentVariable("XDG_CACHE_HOME", folder.Path);
        try
        {
            VegaLibraries.Fetch(new SilentProgress());
            if (VegaLibraries.All.Any(library => VegaLibraries.PathOf(library) is null))
            {
                Assert.Inconclusive("npm could not bring the Vega libraries.");
            }

            ProgramRun run = await ProgramRun.Of("reproduce", "linear-node", "--svg", "--out", folder.Path);

            Assert.AreEqual(0, run.ExitCode, run.Error);
            string[] specifications = Directory.GetFiles(Path.Combine(folder.Path, "linear-node"), "*.vl.json");
            Assert.IsNotEmpty(specifications);
            foreach (string specification in specifications)
            {
                Assert.StartsWith("<svg", await File.ReadAllTextAsync(specification.Replace(".vl.json", ".svg", StringComparison.Ordinal)));
            }

            string vega = VegaLibraries.PathOf(VegaLibraries.All[0])!;
            await File.AppendAllTextAsync(vega, "// forged");
            Assert.IsNull(VegaLibraries.PathOf(VegaLibraries.All[0]), "a forged file is not used");
            VegaLibraries.Fetch(new SilentProgress());
            Assert.AreEqual(vega, VegaLibraries.PathOf(VegaLibraries.All[0]), "fetched again");
            Assert.DoesNotContain("// forged", await File.ReadAllTextAsync(vega));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_CACHE_HOME", cache);
        }
    }
}
