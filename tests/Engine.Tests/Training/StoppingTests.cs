using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Every way a training can end, and what it leaves behind.</summary>
[TestClass]
public class StoppingTests
{
    private static readonly DenseData<float> Train = TestData.Circles<float>(60, seed: 1);
    private static readonly DenseData<float> Validation = TestData.Circles<float>(60, seed: 2);

    [TestMethod]
    public void All_epochs_done_gives_one_record_an_epoch()
    {
        TrainingResult<float> result = Fit(new() { NumberOfEpochs = 7 }, withValidation: false);
        Assert.AreEqual(StopReason.MaximumEpochs, result.StopReason);
        CollectionAssert.AreEqual(Enumerable.Range(1, 7).ToArray(), result.History.Select(record => record.Epoch).ToArray());
        Assert.AreEqual(7, result.BestEpoch);
        Assert.IsTrue(result.History.All(record => record.ValidationLoss is null && record.Seconds >= 0 && record.Bytes > 0 && record.GradientNorm > 0));
    }

    [TestMethod]
    public void Zero_epochs_change_nothing()
    {
        Network<float> network = TestData.CircleNetwork<float>();
        float[] before = network.CopyParameters();
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { NumberOfEpochs = 0 }).Fit(network, Train);
        Assert.AreEqual(StopReason.MaximumEpochs, result.StopReason);
        Assert.IsEmpty(result.History);
        Assert.AreEqual(0, result.BestEpoch);
        CollectionAssert.AreEqual(before, network.CopyParameters());
    }

    [TestMethod]
    public void Early_stopping_ends_after_the_patience_and_restores_the_best_epoch()
    {
        var seen = new List<float[]>();
        Network<float> network = TestData.CircleNetwork<float>();
        var options = new TrainingOptions<float>
        {
            BatchSize = 4,
            LearningRate = 2,
            NumberOfEpochs = 500,
            EarlyStopping = new EarlyStopping { Patience = 3 },
            EpochCallback = _ => seen.Add(network.CopyParameters()),
        };
        TrainingResult<float> result = new MiniBatchTrainer<float>(options).Fit(network, Train, Validation);

        Assert.AreEqual(StopReason.EarlyStopping, result.StopReason);
        Assert.AreEqual(result.BestEpoch + 3, result.History.Count);
        Assert.AreEqual(result.History.Min(record => record.ValidationLoss), result.History[result.BestEpoch - 1].ValidationLoss);
        CollectionAssert.AreEqual(seen[result.BestEpoch - 1], network.CopyParameters());
        Assert.AreEqual(result.History[result.BestEpoch - 1].ValidationLoss!.Value, MiniBatchTrainer<float>.Evaluate(network, Validation).Loss);
    }

    [TestMethod]
    public void Early_stopping_on_the_metric_looks_for_the_highest()
    {
        TrainingResult<float> result = Fit(new()
        {
            LearningRate = 0.5,
            NumberOfEpochs = 60,
            EarlyStopping = new EarlyStopping { Patience = int.MaxValue, Metric = EarlyStoppingMetric.Accuracy },
        });
        Assert.AreEqual(result.History.Max(record => record.ValidationMetric), result.History[result.BestEpoch - 1].ValidationMetric);
        Assert.AreEqual(result.History[result.BestEpoch - 1].ValidationMetric!.Value, MiniBatchTrainer<float>.Evaluate(result.Network, Validation).Metric);
    }

    [TestMethod]
    public void The_time_ends_a_training_with_the_best_epoch_so_far()
    {
        Network<float> network = TestData.CircleNetwork<float>();
        var seen = new List<float[]>();
        TrainingResult<float> result = new MiniBatchTrainer<float>(new()
        {
            NumberOfEpochs = int.MaxValue,
            LearningRate = 1e-3,
            TimeLimit = TimeSpan.FromMilliseconds(300),
            EarlyStopping = new EarlyStopping { Patience = int.MaxValue },
            EpochCallback = _ => seen.Add(network.CopyParameters()),
        }).Fit(network, Train, Validation);
        Assert.AreEqual(StopReason.TimeLimit, result.StopReason);
        CollectionAssert.AreEqual(seen[result.BestEpoch - 1], network.CopyParameters());
    }

    [TestMethod]
    public void A_training_that_had_ended_does_not_go_on_when_it_is_resumed()
    {
        var options = new TrainingOptions<float> { LearningRate = 2, BatchSize = 4, NumberOfEpochs = 500, EarlyStopping = new EarlyStopping { Patience = 3 } };
        TrainingResult<float> first = Fit(options);
        Assert.AreEqual(StopReason.EarlyStopping, first.StopReason);
        TrainingResult<float> again = new MiniBatchTrainer<float>(options).Fit(TestData.CircleNetwork<float>(), Train, Validation, first.State);
        Assert.AreEqual(StopReason.EarlyStopping, again.StopReason);
        CollectionAssert.AreEqual(first.History.ToArray(), again.History.ToArray());
        CollectionAssert.AreEqual(first.Network.CopyParameters(), again.Network.CopyParameters());
    }

    [TestMethod]
    public void Improvements_below_the_minimum_do_not_count_for_the_patience()
    {
        TrainingResult<float> result = Fit(new() { LearningRate = 0.001, NumberOfEpochs = 50, EarlyStopping = new EarlyStopping { Patience = 4, MinimumDelta = 10 } });
        Assert.AreEqual(StopReason.EarlyStopping, result.StopReason);
        Assert.HasCount(5, result.History);
    }

    [TestMethod]
    public void Without_restoring_the_last_weights_stay()
    {
        TrainingResult<float> result = Fit(new() { LearningRate = 2, BatchSize = 4, NumberOfEpochs = 30, EarlyStopping = new EarlyStopping { Patience = 100, RestoreBest = false } });
        Assert.AreNotEqual(result.BestEpoch, result.History.Count);
        Assert.AreEqual(result.History[^1].ValidationLoss!.Value, MiniBatchTrainer<float>.Evaluate(result.Network, Validation).Loss);
    }

    [TestMethod]
    public void Early_stopping_without_validation_data_is_refused()
    {
        string message = Assert.ThrowsExactly<ArgumentException>(() => Fit(new() { EarlyStopping = new() }, withValidation: false)).Message;
        Assert.Contains("EarlyStopping", message);
    }

    [TestMethod]
    public void A_training_that_no_longer_improves_has_converged()
    {
        TrainingResult<float> result = Fit(new() { NumberOfEpochs = 1000, LearningRate = 1e-6, ConvergenceTolerance = 1e-3, ConvergencePatience = 5 }, withValidation: false);
        Assert.AreEqual(StopReason.Converged, result.StopReason);
        Assert.HasCount(6, result.History);
    }

    [TestMethod]
    public void The_callback_can_stop_the_training()
    {
        TrainingResult<float> result = Fit(new() { NumberOfEpochs = 50, EpochCallback = progress => { if (progress.Record.Epoch == 3) { progress.Stop(); } } });
        Assert.AreEqual(StopReason.Cancelled, result.StopReason);
        Assert.HasCount(3, result.History);
    }

    [TestMethod]
    public void Cancellation_stops_at_the_next_batch_and_keeps_the_best_weights()
    {
        using var source = new CancellationTokenSource();
        Network<float> network = TestData.CircleNetwork<float>();
        float[]? best = null;
        var options = new TrainingOptions<float>
        {
            BatchSize = 4,
            LearningRate = 2,
            NumberOfEpochs = 500,
            EarlyStopping = new EarlyStopping { Patience = 400 },
            CancellationToken = source.Token,
            EpochCallback = progress =>
            {
                best = progress.IsBest ? network.CopyParameters() : best;
                if (progress.Record.Epoch == 40)
                {
                    source.Cancel();
                }
            },
        };
        TrainingResult<float> result = new MiniBatchTrainer<float>(options).Fit(network, Train, Validation);
        Assert.AreEqual(StopReason.Cancelled, result.StopReason);
        Assert.HasCount(40, result.History);
        CollectionAssert.AreEqual(best, network.CopyParameters());
    }

    [TestMethod]
    public void Cancelling_right_after_a_step_that_overflowed_leaves_finite_weights()
    {
        using var source = new CancellationTokenSource();
        Network<float> network = TestData.CircleNetwork<float>();
        float[] before = network.CopyParameters();
        var options = new TrainingOptions<float> { BatchSize = 4, CancellationToken = source.Token, Schedule = OverflowAtStepOneAndCancel };
        Assert.AreEqual(StopReason.Diverged, new MiniBatchTrainer<float>(options).Fit(network, Train).StopReason);
        CollectionAssert.AreEqual(before, network.CopyParameters());

        double OverflowAtStepOneAndCancel(long step, long totalSteps)
        {
            if (step == 0)
            {
                return 1;
            }

            source.Cancel();
            return 1e300;
        }
    }

    [TestMethod]
    public void A_token_cancelled_from_the_start_leaves_the_network_untouched()
    {
        Network<float> network = TestData.CircleNetwork<float>();
        float[] before = network.CopyParameters();
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { CancellationToken = new CancellationToken(canceled: true) }).Fit(network, Train);
        Assert.AreEqual(StopReason.Cancelled, result.StopReason);
        Assert.IsEmpty(result.History);
        CollectionAssert.AreEqual(before, network.CopyParameters());
    }

    [TestMethod]
    [DataRow(1UL)]
    [DataRow(2UL)]
    [DataRow(3UL)]
    public void Batch_1_with_rate_5_on_circles_diverges(ulong seed)
    {
        Network<float> network = TestData.CircleNetwork<float>(seed);
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { BatchSize = 1, LearningRate = 5, NumberOfEpochs = 150, Seed = seed })
            .Fit(network, TestData.Circles<float>());
        Assert.AreEqual(StopReason.Diverged, result.StopReason);
        Assert.IsTrue(result.History.Count is >= 5 and < 150);
        Assert.IsTrue(network.CopyParameters().All(float.IsFinite));
    }

    [TestMethod]
    public void A_loss_that_overflows_ends_with_the_weights_of_the_last_finite_epoch()
    {
        float[]? last = null;
        Network<float> network = TestData.Linear<float>(2, 1, LossFunction.MeanSquaredError);
        var options = new TrainingOptions<float> { BatchSize = 100, LearningRate = 10, NumberOfEpochs = 1000, EpochCallback = _ => last = network.CopyParameters() };
        TrainingResult<float> result = new MiniBatchTrainer<float>(options).Fit(network, TestData.Line<float>());
        Assert.AreEqual(StopReason.Diverged, result.StopReason);
        Assert.IsTrue(result.History.Count is > 1 and < 1000 && result.History.All(record => double.IsFinite(record.TrainLoss)));
        CollectionAssert.AreEqual(last, network.CopyParameters());
        Assert.IsTrue(last!.All(float.IsFinite));
    }

    [TestMethod]
    public void A_divergence_in_the_first_epoch_gives_the_initial_weights_back()
    {
        Network<float> network = TestData.Linear<float>(2, 1, LossFunction.MeanSquaredError);
        float[] before = network.CopyParameters();
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { BatchSize = 1, LearningRate = 1e10, NumberOfEpochs = 3 }).Fit(network, TestData.Line<float>());
        Assert.AreEqual(StopReason.Diverged, result.StopReason);
        Assert.IsEmpty(result.History);
        CollectionAssert.AreEqual(before, network.CopyParameters());
    }

    private static TrainingResult<float> Fit(TrainingOptions<float> options, bool withValidation = true) =>
        new MiniBatchTrainer<float>(options).Fit(TestData.CircleNetwork<float>(), Train, withValidation ? Validation : null);
}
