using System.Globalization;
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
    [DataRow(0)]
    [DataRow(0.2)]
    public void The_history_is_a_view_and_a_file_with_the_same_figures(double validationFraction)
    {
        using var folder = new TemporaryFolder();
        var trainer = TrainerCase.Create(_ml, TrainerCase.Softmax, options => options.ValidationFraction = validationFraction);
        trainer.Fit(TrainerCase.Data(_ml, TrainerCase.Softmax));
        var history = trainer.LastHistory!;
        history.SaveCsv(folder.File("history.csv"));
        var rows = _ml.Data.CreateEnumerable<HistoryRow>(history.ToDataView(_ml), reuseRowObject: false).ToList();
        string[][] lines = [.. File.ReadAllLines(folder.File("history.csv")).Select(line => line.Split(','))];
        Assert.HasCount(10, rows);
        Assert.HasCount(11, lines);
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
        var figures = typeof(EpochRecord).GetProperties();
        CollectionAssert.AreEquivalent(figures.Select(figure => figure.Name).ToArray(), lines[0]);
        foreach (var figure in figures)
        {
            var column = typeof(HistoryRow).GetProperty(figure.Name)!;
            int cell = Array.IndexOf(lines[0], figure.Name);
            for (int epoch = 0; epoch < 10; epoch++)
            {
                double? recorded = figure.GetValue(history[epoch]) is { } value ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
                Assert.AreEqual(recorded ?? double.NaN, Convert.ToDouble(column.GetValue(rows[epoch]), CultureInfo.InvariantCulture), figure.Name);
                Assert.AreEqual(recorded?.ToString(CultureInfo.InvariantCulture) ?? "", lines[epoch + 1][cell], figure.Name);
            }
        }

        Assert.AreEqual(validationFraction == 0, double.IsNaN(rows[0].ValidationLoss));
    }

    [TestMethod]
    public void Training_stops_as_converged_when_the_loss_no_longer_falls()
    {
        var trainer = TrainerCase.Create(_ml, TrainerCase.Logistic, options => (options.NumberOfEpochs, options.ConvergenceTolerance) = (1000, 1e-4));
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
        TrainerCase.Create(_ml, TrainerCase.Regression, options => ((NetworkTrainerOptions)options).PrepareData = false).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.IsTrue(log.Warnings.Any(text => text.Contains("Feature 1 of column 'Features'", StringComparison.Ordinal) && text.EndsWith("Leave PrepareData at true.", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_training_cut_off_while_it_improves_is_reported()
    {
        var log = new Log(_ml);
        TrainerCase.Create(_ml, TrainerCase.Regression, options => options.NumberOfEpochs = 3).Fit(TrainerCase.Data(_ml, TrainerCase.Regression));
        Assert.IsTrue(log.Warnings.Any(text => text.Contains("NumberOfEpochs (3)", StringComparison.Ordinal)));
    }
}
