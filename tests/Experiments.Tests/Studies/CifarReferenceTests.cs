using System.Text.Json;
using EE569.Experiments.Progress;
using EE569.Experiments.Studies;
using EE569.Experiments.Studies.Data;

namespace EE569.Experiments.Tests.Studies;

/// <summary>
/// Softmax regression on real images against figures of another implementation. The folder named by EE569_CIFAR holds CIFAR-10 batches and
/// reference.json: for the experiments A to D mean and deviation over seeds of the columns it names.
/// </summary>
[TestClass]
public sealed class CifarReferenceTests
{
    [TestMethod]
    public void Cost_and_accuracy_of_A_to_D_agree_with_the_reference_within_two_deviations_and_a_point_of_accuracy()
    {
        string? folder = Environment.GetEnvironmentVariable("EE569_CIFAR");
        if (folder is null || !File.Exists(Path.Combine(folder, "reference.json")))
        {
            Assert.Inconclusive("Set EE569_CIFAR to a folder with CIFAR-10 batches and their reference.json to run this test.");
        }

        JsonElement reference = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "reference.json"))).RootElement.GetProperty("runs");
        ImageSet images = ImageSet.Cifar(folder);
        using var scratch = new TemporaryFolder();
        var options = new StudyOptions(CifarFolder: folder);
        var context = new StudyContext("softmax-regression", options, new CellStore(scratch.Path, options), new SilentProgress(), CancellationToken.None);
        foreach (SoftmaxRegressionStudy.Setting setting in SoftmaxRegressionStudy.Settings)
        {
            SoftmaxRegressionStudy.Trained[] runs = [.. new[] { 1, 2, 3 }.Select(seed => SoftmaxRegressionStudy.Train(images, setting, seed, context))];
            JsonElement golden = reference.GetProperty(setting.Name);
            Compare(golden, column: 0, runs.Average(run => run.Epochs[^1].TrainCost), $"{setting.Name} train cost", allowance: 0);
            Compare(golden, column: 1, runs.Average(run => run.Epochs[^1].ValidationCost), $"{setting.Name} validation cost", allowance: 0);
            Compare(golden, column: 2, runs.Average(run => run.Epochs[^1].TrainAccuracy), $"{setting.Name} train accuracy");
            Compare(golden, column: 3, runs.Average(run => run.Epochs[^1].ValidationAccuracy), $"{setting.Name} validation accuracy");
            Compare(golden, column: 4, runs.Average(run => run.TestAccuracy), $"{setting.Name} test accuracy");
        }
    }

    private static void Compare(JsonElement golden, int column, double here, string what, double allowance = 0.01) =>
        Assert.AreEqual(golden.GetProperty("mean")[column].GetDouble(), here, (2 * golden.GetProperty("sd")[column].GetDouble()) + allowance, what);
}
