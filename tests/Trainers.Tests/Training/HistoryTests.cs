using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>The history as an object, a view and a file; the reason of the end; the log.</summary>
[TestClass]
public class HistoryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void A_network_carries_the_history_of_its_training()
    {
        var model = _ml.Regression.Trainers.MlpRegression(hiddenLayers: [8], numberOfEpochs: 5).Fit(TrainerCase.Data(_ml, TrainerCase.Regression));
        Assert.HasCount(5, model.TrainingHistory!);
        Assert.AreEqual(StopReason.MaximumEpochs, model.StopReason);
    }

    [TestMethod]
    public void The_history_is_a_view_and_a_file_with_the_same_figures()
    {
        using var folder = new TemporaryFolder();
        var trainer = TrainerCase.Create(_ml, TrainerCase.Softmax);
        trainer.Fit(TrainerCase.Data(_ml, TrainerCase.Softmax));
        var history = trainer.LastHistory!;
        var rows = _ml.Data.CreateEnumerable<HistoryRow>(history.ToDataView(_ml), reuseRowObject: false).ToList();
        CollectionAssert.AreEqual(history.Select(epoch => epoch.TrainLoss).ToArray(), rows.Select(row => row.TrainLoss).ToArray());
        Assert.IsTrue(rows.All(row => double.IsNaN(row.ValidationLoss)));

        history.SaveCsv(folder.File("history.csv"));
        var lines = File.ReadAllLines(folder.File("history.csv"));
        Assert.HasCount(history.Count + 1, lines);
        StringAssert.Contains(lines[0], "TrainLoss", StringComparison.OrdinalIgnoreCase);
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Training_stops_as_converged_when_the_loss_no_longer_falls()
    {
        var trainer = TrainerCase.Create(_ml, TrainerCase.Logistic, options => options.NumberOfEpochs = 1000);
        trainer.Fit(TrainerCase.Data(_ml, TrainerCase.Logistic));
        Assert.AreEqual(StopReason.Converged, trainer.LastStopReason);
    }

    [TestMethod]
    public void The_log_has_a_line_per_epoch()
    {
        var log = new Log(_ml);
        TrainerCase.Create(_ml, TrainerCase.LogisticMlp).Fit(TrainerCase.Data(_ml, TrainerCase.LogisticMlp));
        Assert.HasCount(10, log.Infos.Where(text => text.Contains("Epoch ", StringComparison.Ordinal)).ToArray());
    }

    [TestMethod]
    public void Unscaled_features_are_named_with_what_to_do()
    {
        var log = new Log(_ml);
        var rows = TestData.Waves().Select(row => new NumberRow { Features = [row.Features[0], 1000 * row.Features[1]], Label = row.Label });
        TrainerCase.Create(_ml, TrainerCase.Regression).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.IsTrue(log.Warnings.Any(text => text.Contains("Feature 1 of column 'Features'", StringComparison.Ordinal) && text.Contains("NormalizeMeanVariance", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_training_cut_off_while_it_improves_is_reported()
    {
        var log = new Log(_ml);
        TrainerCase.Create(_ml, TrainerCase.Regression, options => options.NumberOfEpochs = 3).Fit(TrainerCase.Data(_ml, TrainerCase.Regression));
        Assert.IsTrue(log.Warnings.Any(text => text.Contains("NumberOfEpochs (3)", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_divergence_is_reported_and_the_weights_stay_finite()
    {
        var log = new Log(_ml);
        var trainer = TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            options.Optimizer = new Engine.Optimizers.SGD<float>();
            options.LearningRate = 1e9;
            options.NumberOfEpochs = 100;
        });
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        var model = trainer.Fit(data);
        Assert.AreEqual(StopReason.Diverged, trainer.LastStopReason);
        Assert.IsTrue(((MlpRegressionTransformer)model).Model.Layers.All(layer => layer.Weights.ToArray().All(float.IsFinite)));
        Assert.IsTrue(log.Warnings.Any(text => text.Contains("diverged", StringComparison.Ordinal) && text.Contains("LearningRate", StringComparison.Ordinal)));
    }
}
