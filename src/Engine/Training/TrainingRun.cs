using System.Diagnostics;
using System.Numerics;
using EE569.Engine.Data;

namespace EE569.Engine.Training;

/// <summary>One training from its first epoch to its end.</summary>
internal sealed class TrainingRun<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationBatchSize = 256;

    private readonly Network<T> network;
    private readonly TrainingOptions<T> options;
    private readonly TrainingState<T> state;
    private readonly StepRunner<T> steps;
    private readonly BatchReader<T> reader;
    private readonly Evaluator<T>? validation;
    private readonly long? rowsPerEpoch;
    private readonly int numberOfEpochs;
    private readonly Metric metric = new();
    private long bytes;

    public TrainingRun(
        Network<T> network, DataSource<T> train, DataSource<T>? validation, TrainingOptions<T> options, TrainingState<T>? resumeFrom, int numberOfEpochs)
    {
        (this.network, this.options, this.numberOfEpochs) = (network, options, numberOfEpochs);
        steps = new StepRunner<T>(network, options);
        state = resumeFrom is null ? new TrainingState<T>(network.ParameterCount, steps.Optimizer.Length) : Restore(resumeFrom);
        if (resumeFrom is null)
        {
            network.CopyParametersTo(state.Parameters);
        }

        reader = train.CreateReader(options.BatchSize, network.Loss);
        rowsPerEpoch = train.Count;
        this.validation = validation is null ? null : new Evaluator<T>(network, validation, EvaluationBatchSize);
    }

    /// <summary>Why a pass through the data ended.</summary>
    private enum PassEnd
    {
        Completed,
        Cancelled,
        Diverged,
    }

    public TrainingResult<T> Run()
    {
        StopReason reason = RunEpochs();
        RestoreWeights(reason);
        network.Graph.IsTraining = false;
        int bestEpoch = validation is null ? state.Epoch : state.Best.Epoch;
        return new TrainingResult<T>(network, state.History, reason, bestEpoch, state);
    }

    public void Dispose()
    {
        reader.Dispose();
        validation?.Dispose();
    }

    private StopReason RunEpochs()
    {
        while (state.Epoch < numberOfEpochs)
        {
            switch (RunEpoch(out StopReason? stop))
            {
                case PassEnd.Cancelled:
                    return StopReason.Cancelled;
                case PassEnd.Diverged:
                    return StopReason.Diverged;
                default:
                    if (stop is { } reason)
                    {
                        return reason;
                    }

                    break;
            }
        }

        return StopReason.MaximumEpochs;
    }

    private PassEnd RunEpoch(out StopReason? stop)
    {
        long start = Stopwatch.GetTimestamp();
        stop = null;
        PassEnd end = Pass(out double loss, out double learningRate);
        if (end != PassEnd.Completed)
        {
            return end;
        }

        if (bytes == 0)
        {
            bytes = steps.Bytes + reader.Current.Bytes;
        }

        Evaluation? evaluation = validation?.Evaluate();
        int epoch = state.Epoch + 1;
        BestEpoch<T> previousBest = state.Best;
        if (evaluation is { } figures)
        {
            state.Best = previousBest.Observe(epoch, figures, options.EarlyStopping ?? new EarlyStopping { RestoreBest = false }, network);
        }

        state.Capture(network, steps.Optimizer);
        var record = new EpochRecord(
            epoch, loss, metric.Value, evaluation?.Loss, evaluation?.Metric, learningRate, steps.GradientNorm,
            Stopwatch.GetElapsedTime(start).TotalSeconds, bytes);
        state.History.Add(record);
        stop = Report(record, isBest: evaluation is null || state.Best.Epoch == epoch);
        return PassEnd.Completed;
    }

    /// <summary>One pass through the data; gives the mean of the losses met, each before its update.</summary>
    private PassEnd Pass(out double meanLoss, out double learningRate)
    {
        (double lossSum, double weightSum) = (0, 0);
        (meanLoss, learningRate) = (double.NaN, 0);
        metric.Reset();
        steps.SetTraining();
        steps.Start(steps.Optimizer.Step);
        reader.Start(options.Shuffle ? SplitMix64.Derive(options.Seed, (ulong)state.Epoch) : null);
        while (reader.MoveNext())
        {
            if (options.CancellationToken.IsCancellationRequested)
            {
                return PassEnd.Cancelled;
            }

            double loss = steps.Forward(reader.Current);
            double weight = network.Loss.TotalWeight;
            if (weight == 0)
            {
                continue;
            }

            if (!double.IsFinite(loss))
            {
                return PassEnd.Diverged;
            }

            network.Loss.Measure(metric);
            lossSum += weight * loss;
            weightSum += weight;
            learningRate = LearningRate();
            steps.Update(learningRate);
        }

        meanLoss = lossSum / weightSum;
        return steps.AreParametersFinite() ? PassEnd.Completed : PassEnd.Diverged;
    }

    private double LearningRate()
    {
        (long step, long total) = options.ScheduleInterval == ScheduleInterval.Epoch
            ? (state.Epoch, numberOfEpochs)
            : (steps.Optimizer.Step, TotalSteps());
        return options.LearningRate * options.Schedule(step, total);
    }

    private long TotalSteps()
    {
        long rows = rowsPerEpoch ?? 0;
        return numberOfEpochs * ((rows + options.BatchSize - 1) / options.BatchSize);
    }

    private StopReason? Report(EpochRecord record, bool isBest)
    {
        if (record.Epoch % options.CheckpointInterval == 0)
        {
            options.Checkpoint?.Invoke(state);
        }

        if (options.EpochCallback is { } callback)
        {
            var progress = new EpochProgress(record, numberOfEpochs, isBest);
            callback(progress);
            if (progress.IsStopRequested)
            {
                return StopReason.Cancelled;
            }
        }

        if (options.EarlyStopping is { } stopping && state.Best.StalledEpochs >= stopping.Patience)
        {
            return StopReason.EarlyStopping;
        }

        return HasConverged() ? StopReason.Converged : null;
    }

    /// <summary>Whether the best training loss of the last epochs beats the best before them by no more than the tolerance.</summary>
    private bool HasConverged()
    {
        int recent = options.ConvergencePatience;
        return options.ConvergenceTolerance is { } tolerance
            && state.History.Count > recent
            && state.History.SkipLast(recent).Min(record => record.TrainLoss) - state.History.TakeLast(recent).Min(record => record.TrainLoss) <= tolerance;
    }

    private void RestoreWeights(StopReason reason)
    {
        if (state.Best.Parameters.Length > 0)
        {
            network.RestoreParameters(state.Best.Parameters);
        }
        else if (reason == StopReason.Diverged)
        {
            network.RestoreParameters(state.Parameters);
        }
    }

    private TrainingState<T> Restore(TrainingState<T> from)
    {
        if (from.Parameters.Length != network.ParameterCount || from.Slots.Length != steps.Optimizer.Length)
        {
            throw new ArgumentException(
                $"The state holds {from.Parameters.Length} parameters and {from.Slots.Length} optimiser values; network and optimiser need "
                + $"{network.ParameterCount} and {steps.Optimizer.Length}. Resume with the same network and optimiser.",
                nameof(from));
        }

        network.RestoreParameters(from.Parameters);
        steps.Optimizer.Restore(from.Slots, from.Step);
        return from.Clone();
    }
}
