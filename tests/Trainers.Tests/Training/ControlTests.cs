using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>Validation, early stopping, callbacks, warm start, partial fits, checkpoints.</summary>
[TestClass]
public class ControlTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_validation_fraction_and_a_validation_view_fill_the_history(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var without = TrainerCase.Create(_ml, trainer, options => options.ValidationFraction = 0);
        without.Fit(data);
        Assert.IsNull(without.LastHistory![0].ValidationLoss);

        var fraction = TrainerCase.Create(_ml, trainer, options => options.ValidationFraction = 0.2);
        fraction.Fit(data);
        Assert.IsTrue(fraction.LastHistory!.All(epoch => epoch.ValidationLoss is > 0 && epoch.ValidationMetric is not null));

        var view = TrainerCase.Create(_ml, trainer, options => options.L2Regularization = 0);
        view.Fit(data, validation: data);
        Assert.HasCount(10, view.LastHistory!);
        Assert.IsLessThan(view.LastHistory![0].TrainLoss, view.LastHistory[0].ValidationLoss!.Value); // after the epoch, on the same data
    }

    [TestMethod]
    public void Early_stopping_keeps_the_best_epoch()
    {
        var rows = TestData.Gaussians();
        var train = _ml.Data.LoadFromEnumerable(rows.Where((_, i) => i % 100 == 0));
        var validation = _ml.Data.LoadFromEnumerable(rows.Where((_, i) => i % 10 == 5));
        var trainer = _ml.BinaryClassification.Trainers.LogisticMlp(new LogisticMlpTrainer.Options
        {
            HiddenLayers = [64],
            LearningRate = 0.05,
            NumberOfEpochs = 500,
            L2Regularization = 0,
            ConvergenceTolerance = null,
            EarlyStopping = new EarlyStopping { Patience = 5 },
        });
        var model = trainer.Fit(train, validation);
        Assert.AreEqual(StopReason.EarlyStopping, model.StopReason);
        double best = model.TrainingHistory!.Min(epoch => epoch.ValidationLoss!.Value);
        Assert.AreEqual(best, _ml.BinaryClassification.Evaluate(model.Transform(validation)).LogLoss * Math.Log(2), 1e-4);
        Assert.IsLessThan(500, model.TrainingHistory!.Count);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void The_callback_sees_every_epoch_and_can_stop(string trainer)
    {
        var seen = new List<EpochRecord>();
        var stopped = TrainerCase.Create(_ml, trainer, options => options.EpochCallback = progress =>
        {
            seen.Add(progress.Record);
            if (progress.Record.Epoch == 4)
            {
                progress.Stop();
            }
        });
        var data = TrainerCase.Data(_ml, trainer);
        var model = stopped.Fit(data);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, seen.Select(record => record.Epoch).ToArray());
        CollectionAssert.AreEqual(seen, stopped.LastHistory!.ToArray());
        Assert.AreEqual(StopReason.Cancelled, stopped.LastStopReason);
        var four = TrainerCase.Create(_ml, trainer, options => options.NumberOfEpochs = 4).Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(four.Transform(data)), TrainerCase.Scores(model.Transform(data)));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Every_trainer_stops_early_and_keeps_the_best_epoch(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        // The steps grow until they do harm, so the best epoch is neither the first nor the last.
        ITrainer Create(int epochs, EarlyStopping? stopping) => TrainerCase.Create(_ml, trainer, options =>
        {
            options.Optimizer = new Engine.Optimizers.SGD<float>();
            options.LearningRate = 0.02;
            options.LearningRateSchedule = (step, _) => Math.Pow(1.02, step);
            options.GradientClipNorm = 10;
            options.NumberOfEpochs = epochs;
            options.ConvergenceTolerance = null;
            options.BatchSize = 32;
            options.ValidationFraction = 0.2;
            options.EarlyStopping = stopping;
        });
        var stopped = Create(500, new EarlyStopping { Patience = 3 });
        var model = stopped.Fit(data);
        Assert.AreEqual(StopReason.EarlyStopping, stopped.LastStopReason);
        var history = stopped.LastHistory!;
        int best = history.MinBy(record => record.ValidationLoss)!.Epoch;
        Assert.AreEqual(best + 3, history.Count);
        var untilBest = Create(best, null).Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(untilBest.Transform(data)), TrainerCase.Scores(model.Transform(data)));
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_warm_start_begins_where_the_model_ended(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var first = TrainerCase.Create(_ml, trainer, options => options.L2Regularization = 0);
        var model = first.Fit(data);
        var second = TrainerCase.Create(_ml, trainer, options => options.L2Regularization = 0);
        second.Fit(data, previous: model);
        Assert.IsLessThan((first.LastHistory![0].TrainLoss + first.LastHistory[^1].TrainLoss) / 2, second.LastHistory![0].TrainLoss);
    }

    [TestMethod]
    public void A_warm_start_from_another_shape_is_refused()
    {
        var data = TestData.IrisView(_ml);
        var small = _ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [4], numberOfEpochs: 1).Fit(data);
        var large = _ml.MulticlassClassification.Trainers.SoftmaxMlp(hiddenLayers: [5], numberOfEpochs: 1);
        var error = Assert.ThrowsExactly<ArgumentException>(() => large.Fit(data, small.Model));
        StringAssert.Contains(error.Message, "4-4-3 ReLU");
        StringAssert.Contains(error.Message, "4-5-3 ReLU");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void Partial_fits_over_chunks_learn_and_do_not_change_the_model_before(string trainer)
    {
        var data = TrainerCase.Data(_ml, trainer);
        var partialFit = TrainerCase.Create(_ml, trainer).StartPartialFit();
        var first = partialFit(data);
        var scores = TrainerCase.Scores(first.Transform(data));
        ITransformer last = first;
        for (int i = 0; i < 50; i++)
        {
            last = partialFit(data);
        }

        CollectionAssert.AreEqual(scores, TrainerCase.Scores(first.Transform(data)));
        Assert.IsGreaterThan(0.8, Quality(trainer, last.Transform(data)));
    }

    [TestMethod]
    public void A_chunk_with_other_features_is_refused()
    {
        var partial = _ml.MulticlassClassification.Trainers.SoftmaxRegression(numberOfEpochs: 1).StartPartialFit();
        var iris = TestData.IrisView(_ml);
        var longer = _ml.Transforms.Concatenate("Features", "Features", "Features").Fit(iris).Transform(iris);
        partial.PartialFit(iris);
        var error = Assert.ThrowsExactly<ArgumentException>(() => partial.PartialFit(longer));
        StringAssert.Contains(error.Message, "Column 'Features' of this chunk has 8 features, that of the first has 4");
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_training_interrupted_at_a_checkpoint_resumes_to_the_same_bits(string trainer)
    {
        using var folder = new TemporaryFolder();
        var data = TrainerCase.Data(_ml, trainer);
        var whole = TrainerCase.Create(_ml, trainer, options => options.ConvergenceTolerance = null).Fit(data);

        ITrainer Checkpointed(Action<EpochProgress>? callback) => TrainerCase.Create(_ml, trainer, options =>
        {
            options.ConvergenceTolerance = null;
            options.CheckpointFile = folder.File("state");
            options.CheckpointInterval = 2;
            options.ResumeFromCheckpoint = true;
            options.EpochCallback = callback;
        });
        Assert.ThrowsExactly<InvalidOperationException>(() => Checkpointed(Crash).Fit(data));
        var resumed = Checkpointed(null);
        var model = resumed.Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(whole.Transform(data)), TrainerCase.Scores(model.Transform(data)));
        Assert.HasCount(10, resumed.LastHistory!);

        static void Crash(EpochProgress progress)
        {
            if (progress.Record.Epoch == 5)
            {
                throw new InvalidOperationException("power failure");
            }
        }
    }

    [TestMethod]
    public void A_file_that_is_no_checkpoint_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("state"), "not a checkpoint");
        var trainer = TrainerCase.Create(_ml, TrainerCase.Logistic, options =>
        {
            options.CheckpointFile = folder.File("state");
            options.ResumeFromCheckpoint = true;
        });
        var error = Assert.ThrowsExactly<InvalidDataException>(() => trainer.Fit(TrainerCase.Data(_ml, TrainerCase.Logistic)));
        StringAssert.Contains(error.Message, folder.File("state"));
    }

    [TestMethod]
    public void A_checkpoint_of_another_network_is_refused()
    {
        using var folder = new TemporaryFolder();
        ITrainer Checkpointed(int width) => TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            ((NetworkTrainerOptions)options).HiddenLayers = [width];
            options.CheckpointFile = folder.File("state");
            options.ResumeFromCheckpoint = true;
        });
        var data = TrainerCase.Data(_ml, TrainerCase.Regression);
        Checkpointed(4).Fit(data);
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Checkpointed(5).Fit(data));
        StringAssert.Contains(error.Message, folder.File("state"));
        StringAssert.Contains(error.Message, "Resume with the same network and optimiser");
    }

    private double Quality(string trainer, IDataView scored) => trainer switch
    {
        TrainerCase.Logistic or TrainerCase.LogisticMlp => _ml.BinaryClassification.Evaluate(scored).Accuracy,
        TrainerCase.Softmax or TrainerCase.SoftmaxMlp => _ml.MulticlassClassification.Evaluate(scored).MicroAccuracy,
        _ => _ml.Regression.Evaluate(scored).RSquared,
    };
}
