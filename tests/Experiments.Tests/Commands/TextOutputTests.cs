using EE569.Experiments.Studies.Data;

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
        Assert.HasCount(6, run.Output.Split('\n').Where(line => line.StartsWith("setosa", StringComparison.Ordinal) || line.StartsWith("versicolor", StringComparison.Ordinal) || line.StartsWith("virginica", StringComparison.Ordinal)).ToArray());
    }
}
