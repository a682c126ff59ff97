using EE569.Engine.Optimizers;
using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>A training that diverges says so, keeps the last finite model and its history, and is an error where there is no model to keep.</summary>
[TestClass]
public class DivergenceTests
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Log _log;

    public DivergenceTests() => _log = new Log(_ml);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_first_epoch_that_diverges_is_an_error_that_says_what_to_do(string trainer)
    {
        var diverging = Create(trainer, epochsBefore: 0);
        var data = TrainerCase.Data(_ml, trainer);
        foreach (var act in new Action[] { () => diverging.Fit(data), () => diverging.Fit(data, validation: data), () => diverging.StartPartialFit()(data) })
        {
            var error = Assert.ThrowsExactly<InvalidOperationException>(act);
            StringAssert.Contains(error.Message, "Nothing was learnt. Training diverged in its first epoch");
            StringAssert.Contains(error.Message, trainer is TrainerCase.Logistic or TrainerCase.Softmax ? "NormalizeMeanVariance(\"Features\", fixZero: false)), or lower LearningRate (0.01)" : ". Lower LearningRate (0.01)");
        }

        Assert.AreEqual(StopReason.Diverged, diverging.LastStopReason);
        Assert.IsEmpty(diverging.LastHistory!);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_later_epoch_that_diverges_leaves_the_finite_epochs_and_their_model(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var diverging = Create(trainer, epochsBefore: 3);
        var model = diverging.Fit(data, validation: data);
        Assert.AreEqual(StopReason.Diverged, diverging.LastStopReason);
        Assert.HasCount(3, diverging.LastHistory!);
        Assert.IsTrue(diverging.LastHistory!.All(epoch => double.IsFinite(epoch.TrainLoss) && double.IsFinite(epoch.ValidationLoss!.Value)));
        Assert.Contains(text => text.Contains("Training diverged after epoch 3", StringComparison.Ordinal) && text.Contains("The weights of epoch 3 are kept", StringComparison.Ordinal), _log.Warnings);

        var three = TrainerCase.Create(_ml, trainer, options => (options.Optimizer, options.NumberOfEpochs, options.ValidationFraction) = (new SGD<float>(), 3, 0)).Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(three.Transform(data)), TrainerCase.Scores(model.Transform(data)));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_model_that_is_continued_and_diverges_at_once_stays_as_it_is(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var model = TrainerCase.Create(_ml, trainer).Fit(data);
        var diverging = Create(trainer, epochsBefore: 0);
        foreach (var (before, after) in TrainerCase.Scores(model.Transform(data)).Zip(TrainerCase.Scores(diverging.Fit(data, previous: model).Transform(data))))
        {
            Assert.AreEqual(before, after, trainer == TrainerCase.Regression ? 1e-5f : 0); // a number's unit is taken out of the last layer and put back
        }

        Assert.AreEqual(StopReason.Diverged, diverging.LastStopReason);
        Assert.Contains(text => text.Contains("The model that it started from is kept", StringComparison.Ordinal), _log.Warnings);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_chunk_that_diverges_changes_nothing_and_is_reported(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var partialFit = Create(trainer, epochsBefore: 1).StartPartialFit();
        var first = TrainerCase.Scores(partialFit(data).Transform(data));
        CollectionAssert.AreEqual(first, TrainerCase.Scores(partialFit(data).Transform(data)));
        Assert.Contains(text => text.Contains("Training diverged after epoch 1", StringComparison.Ordinal), _log.Warnings);
    }

    [TestMethod]
    public void An_epoch_whose_validation_loss_is_not_finite_has_diverged()
    {
        var rows = TestData.Waves();
        var far = _ml.Data.LoadFromEnumerable(rows.Select(row => new NumberRow { Features = [3e38f, 3e38f], Label = row.Label }));
        var trainer = TrainerCase.Create(_ml, TrainerCase.Regression, options => ((NetworkTrainerOptions)options).PrepareData = false);
        Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(_ml.Data.LoadFromEnumerable(rows), validation: far));
        Assert.AreEqual(StopReason.Diverged, trainer.LastStopReason);
    }

    /// <summary>A trainer whose steps are sound for some epochs and infinite after them.</summary>
    private ITrainer Create(string trainer, int epochsBefore)
    {
        int epochs = 0;
        return TrainerCase.Create(_ml, trainer, options =>
        {
            options.Optimizer = new SGD<float>();
            options.LearningRateSchedule = (_, _) => epochs < epochsBefore ? 1 : double.PositiveInfinity;
            options.EpochCallback = _ => epochs++;
        });
    }
}
