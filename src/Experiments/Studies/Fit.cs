using System.Diagnostics;

namespace EE569.Experiments.Studies;

/// <summary>What a training run leaves behind: its curves, its final figures, its cost. Stored as JSON between runs.</summary>
/// <param name="TrainLosses">Mean training loss of each epoch.</param>
/// <param name="TrainAccuracies">Training accuracy of each epoch.</param>
/// <param name="TestLosses">Loss on the test examples after each epoch; empty without test examples.</param>
/// <param name="TestAccuracies">Accuracy on the test examples after each epoch; empty without test examples.</param>
/// <param name="Train">Final loss and accuracy on the training examples.</param>
/// <param name="Test">Final loss and accuracy on the test examples.</param>
/// <param name="Seconds">Wall time of the training.</param>
/// <param name="AllocatedBytes">Memory that the training asked for.</param>
/// <param name="StopReason">Why it ended.</param>
internal sealed record Fit(
    double[] TrainLosses, double[] TrainAccuracies, double[] TestLosses, double[] TestAccuracies,
    Score Train, Score? Test, double Seconds, long AllocatedBytes, StopReason StopReason)
{
    /// <summary>Trains the network in place, on one thread unless the options say otherwise.</summary>
    public static Fit Run(Network<float> network, Examples train, Examples? test, TrainingOptions<float> options)
    {
        var trainer = new MiniBatchTrainer<float>(options);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        TrainingResult<float> result = trainer.Fit(network, train.ToData(), test?.ToData());
        double seconds = clock.Elapsed.TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return new Fit(
            [.. result.History.Select(record => record.TrainLoss)],
            [.. result.History.Select(record => record.TrainMetric)],
            [.. result.History.Select(record => record.ValidationLoss).OfType<double>()],
            [.. result.History.Select(record => record.ValidationMetric).OfType<double>()],
            Score.Of(network, train),
            test is null ? null : Score.Of(network, test),
            seconds,
            allocated,
            result.StopReason);
    }
}
