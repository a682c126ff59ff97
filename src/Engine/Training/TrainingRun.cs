using System.Diagnostics;
using System.Numerics;
using EE569.Engine.Data;

namespace EE569.Engine.Training;

/// <summary>One training from its first epoch to its end.</summary>
internal sealed class TrainingRun<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationBatchSize = 256;

    private static readonly EarlyStopping ObserveOnly = new() { RestoreBest = false };

    private readonly Network<T> network;
    private readonly TrainingOptions<T> options;
    private readonly TrainingState<T> state;
    private readonly StepRunner<T> steps;
    private readonly BatchReader<T> reader;
    private readonly Evaluator<T>? validation;
    private readonly int numberOfEpochs;
    private readonly long stepsPerEpoch;
    private readonly Metric metric = new();
    private long bytes;

    public TrainingRun(
        Network<T> network, DataSource<T> train, DataSource<T>? validation, TrainingOptions<T> options, TrainingState<T>? resumeFrom, int numberOfEpochs)
    {
        (this.network, this.options, this.numberOfEpochs) = (network, options, numberOfEpochs);
        steps = new StepRunner<T>(network, options, train.IsSparse);
        state = resumeFrom is null ? TrainingState<T>.Start(network, steps.Optimizer) : resumeFrom.Resume(network, steps.Optimizer, nameof(resumeFrom));
        reader = train.CreateReader(options.BatchSize, network);
        stepsPerEpoch = ((train.Count ?? 0) + options.BatchSize - 1) / options.BatchSize;
        this.validation = validation is null ? null : new Evaluator<T>(network, validation, EvaluationBatchSize, options.GradientExchange);
    }

    public TrainingResult<T> Run()
    {
        StopReason? reason = null;
        while (reason is null && state.Epoch < numberOfEpochs)
        {
            reason = RunEpoch();
        }

        network.Graph.IsTraining = false;
        if (state.Best.Parameters.Length > 0)
        {
            network.RestoreParameters(state.Best.Parameters);
        }

        int bestEpoch = validation is null ? state.Epoch : state.Best.Epoch;
        return new TrainingResult<T>(network, state.History, reason ?? StopReason.MaximumEpochs, bestEpoch, state);
    }

    public void Dispose()
    {
        reader.Dispose();
        validation?.Dispose();
    }

    private StopReason? RunEpoch()
    {
        long start = Stopwatch.GetTimestamp();
        if (Pass(out double loss, out double learningRate) is { } interrupted)
        {
            return interrupted;
        }

        // Measured before the validation, whose batches are of another size.
        bytes = bytes == 0 ? steps.Bytes + reader.Bytes : bytes;
        Evaluation? evaluation = validation?.Evaluate();
        if (evaluation is { } figures && !double.IsFinite(figures.Loss))
        {
            return Diverge();
        }

        state.Complete(network, steps.Optimizer, evaluation, options.EarlyStopping ?? ObserveOnly, new EpochRecord(
            state.Epoch + 1, loss, metric.Value, evaluation?.Loss, evaluation?.Metric, learningRate, steps.GradientNorm,
            Stopwatch.GetElapsedTime(start).TotalSeconds, bytes));
        return Report() ?? StoppingRules.Decide(state, options, network.Loss);
    }

    /// <summary>One pass through the data; gives the mean of the losses met, each before its update.</summary>
    /// <returns>Why the pass ended before the data did, or null.</returns>
    private StopReason? Pass(out double meanLoss, out double learningRate)
    {
        (double lossSum, double weightSum) = (0, 0);
        (meanLoss, learningRate) = (double.NaN, Rates().LearningRate);
        metric.Reset();
        steps.Start();
        reader.Start(options.Shuffle ? SplitMix64.Derive(options.Seed, (ulong)state.Epoch) : null);
        while (reader.MoveNext())
        {
            if (options.CancellationToken.IsCancellationRequested)
            {
                steps.Finish();
                return steps.AreParametersFinite() ? StopReason.Cancelled : Diverge();
            }

            StepRates rates = Rates();
            double loss = steps.Forward(reader.Current, rates.DropoutFactor);
            double weight = network.Loss.TotalWeight;
            steps.Exchange(ref loss, ref weight);
            if (weight == 0)
            {
                continue;
            }

            if (!double.IsFinite(loss))
            {
                return Diverge();
            }

            network.Loss.Measure(metric);
            lossSum += weight * loss;
            weightSum += weight;
            learningRate = rates.LearningRate;
            steps.Update(rates);
        }

        if (weightSum == 0)
        {
            throw new ArgumentException("The weights of all rows are 0, so that there is nothing to learn from; mind example and class weights.");
        }

        steps.Finish();
        meanLoss = lossSum / weightSum;
        return steps.AreParametersFinite() ? null : Diverge();
    }

    /// <summary>Goes back to the weights at the end of the last epoch, which were finite.</summary>
    private StopReason Diverge()
    {
        network.RestoreParameters(state.Parameters);
        return StopReason.Diverged;
    }

    private StepRates Rates() => options.ScheduleInterval == ScheduleInterval.Epoch
        ? options.Rates(state.Epoch, numberOfEpochs)
        : options.Rates(steps.Optimizer.Step, numberOfEpochs * stepsPerEpoch);

    /// <summary>Tells the callbacks about the epoch just completed.</summary>
    private StopReason? Report()
    {
        if (state.Epoch % options.CheckpointInterval == 0)
        {
            options.Checkpoint?.Invoke(state);
        }

        bool isBest = validation is null || state.Best.Epoch == state.Epoch;
        var progress = new EpochProgress(state.History[^1], numberOfEpochs, isBest);
        options.EpochCallback?.Invoke(progress);
        return progress.IsStopRequested ? StopReason.Cancelled : null;
    }
}
