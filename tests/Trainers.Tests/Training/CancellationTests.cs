using System.Runtime.CompilerServices;
using EE569.Engine.Training;
using EE569.Trainers.Tests.Support;
using Microsoft.ML;

namespace EE569.Trainers.Tests.Training;

/// <summary>A token ends a training with the model so far; a cancelled MLContext, which only ML.NET's own assemblies can cancel, ends it as it ends those of ML.NET's trainers, with an exception.</summary>
[TestClass]
public class CancellationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_cancelled_token_keeps_the_model_so_far(string trainer)
    {
        using var source = new CancellationTokenSource();
        var log = new Log(_ml);
        var cancelled = TrainerCase.Create(_ml, trainer, options =>
        {
            options.CancellationToken = source.Token;
            options.EpochCallback = progress =>
            {
                if (progress.Record.Epoch == 3)
                {
                    source.Cancel();
                }
            };
        });
        var data = TrainerCase.Data(_ml, trainer);
        var model = cancelled.Fit(data);
        Assert.AreEqual(StopReason.Cancelled, cancelled.LastStopReason);
        var three = TrainerCase.Create(_ml, trainer, options => options.NumberOfEpochs = 3).Fit(data);
        CollectionAssert.AreEqual(TrainerCase.Scores(three.Transform(data)), TrainerCase.Scores(model.Transform(data)));
        Assert.Contains(text => text.Contains("cancelled after 3 epochs; the best model so far is kept", StringComparison.Ordinal), log.Warnings);
    }

    [TestMethod]
    [DynamicData(nameof(TrainerCase.All), typeof(TrainerCase))]
    public void A_cancelled_MLContext_ends_the_training_with_an_exception(string trainer)
    {
        int epochs = 0;
        var running = TrainerCase.Create(_ml, trainer, options => options.EpochCallback = _ =>
        {
            epochs++;
            CancelExecution(_ml);
        });
        var data = TrainerCase.Data(new MLContext(seed: 1), trainer);
        Assert.Throws<OperationCanceledException>(() => running.Fit(data));
        Assert.IsLessThanOrEqualTo(2, epochs);
        Assert.Throws<OperationCanceledException>(() => running.Fit(data));
        Assert.Throws<OperationCanceledException>(() => running.StartPartialFit()(data));
    }

    [TestMethod]
    [DataRow(1_000_000)]
    [DataRow(100)]
    public void A_cancelled_MLContext_ends_the_reading_of_long_data(int rowsInMemory)
    {
        const int Rows = 100_000;
        int read = 0;
        var other = new MLContext(seed: 1);
        var endless = other.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row =>
        {
            if (++read == 50)
            {
                CancelExecution(_ml);
            }

            return new NumberRow { Features = [row % 2, 1], Label = row % 2 };
        }));
        var trainer = TrainerCase.Create(_ml, TrainerCase.Regression, options => options.MaximumRowsInMemory = rowsInMemory);
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(endless));
        Assert.IsLessThan(Rows, read);
    }

    [TestMethod]
    public void A_cancelled_MLContext_ends_a_streamed_epoch()
    {
        const int Rows = 100_000;
        int steps = 0;
        var data = new MLContext(seed: 1).Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(row => new NumberRow { Features = [row % 2, 1], Label = row % 2 }));
        var trainer = TrainerCase.Create(_ml, TrainerCase.Regression, options =>
        {
            options.MaximumRowsInMemory = 100;
            options.BatchSize = 10;
            options.LearningRateSchedule = (_, _) =>
            {
                if (++steps == 10)
                {
                    CancelExecution(_ml);
                }

                return 1;
            };
        });
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data));
        Assert.IsLessThan(Rows / 10, steps);
    }

    /// <summary>Not public: ML.NET calls it from its own tools.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Method)]
    private static extern void CancelExecution(MLContext ml);
}
