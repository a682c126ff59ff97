using System.Diagnostics;

namespace EE569.Engine.Training;

/// <summary>One training from its first epoch to its end.</summary>
internal sealed class TrainingRun<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int EvaluationBatchSize = 256;

    private static readonly EarlyStopping ObserveOnly = new() { RestoreBest = false };

    private readonly Network<T> _network;
    private readonly TrainingOptions<T> _options;
    private readonly TrainingState<T> _state;
    private readonly StepRunner<T> _steps;
    private readonly BatchReader<T> _reader;
    private readonly Evaluator<T>? _validation;
    private readonly int _numberOfEpochs;
    private readonly long _stepsPerEpoch;
    private readonly Metric _metric = new();
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _bytes;

    public TrainingRun(
        Network<T> network, DataSource<T> train, DataSource<T>? validation, TrainingOptions<T> options, TrainingState<T>? resumeFrom, int numberOfEpochs)
    {
        (_network, _options, _numberOfEpochs) = (network, options, numberOfEpochs);
        // A penalty that is left out where a batch has no feature means another training on dense rows.
        bool isSparse = train.HasSparseBatches(network)
            || train.IsSparse && options.L2Regularization > 0 && options.Optimizer.SkippedPenalty == SkippedPenalty.LeftOut && network.ReadsSparseRows(density: 0);
        _steps = new StepRunner<T>(network, options, isSparse);
        _state = resumeFrom is null ? TrainingState<T>.Start(network, _steps.Optimizer) : resumeFrom.Resume(network, _steps.Optimizer, nameof(resumeFrom));
        _reader = train.CreateReader(options.BatchSize, network, isSparse, options.Shuffle && options.ShufflePerMember ? network.Output.Members : 1);
        _reader.Cut = _steps.Cut;
        _stepsPerEpoch = ((train.Count ?? 0) + options.BatchSize - 1) / options.BatchSize;
        _validation = validation is null
            ? null
            : new Evaluator<T>(network, validation, EvaluationBatchSize, options.Communicator, (options.EarlyStopping ?? ObserveOnly).Metric);
    }

    /// <param name="isResumed">Whether the state may be that of a training that had ended, which does not go on.</param>
    public TrainingResult<T> Run(bool isResumed)
    {
        StopReason? reason = isResumed && _state.Epoch > 0 ? StoppingRules.Decide(_state, _options, _network.Loss) : null;
        while (reason is null && _state.Epoch < _numberOfEpochs)
        {
            reason = RunEpoch();
        }

        _network.Graph.IsTraining = false;
        if (_state.Best.Parameters.Length > 0)
        {
            _network.RestoreParameters(_state.Best.Parameters);
        }

        int bestEpoch = _validation is null ? _state.Epoch : _state.Best.Epoch;
        return new TrainingResult<T>(_network, _state.History, reason ?? StopReason.MaximumEpochs, bestEpoch, _state);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _validation?.Dispose();
    }

    private StopReason? RunEpoch()
    {
        long start = Stopwatch.GetTimestamp();
        if (Pass(out double loss, out double learningRate) is { } interrupted)
        {
            return interrupted;
        }

        // Measured before the validation, whose batches are of another size.
        _bytes = _bytes == 0 ? _steps.Bytes + _reader.Bytes : _bytes;
        Evaluation? evaluation = _validation?.Evaluate();
        if (evaluation is { } figures && !double.IsFinite(figures.Loss))
        {
            return Diverge();
        }

        _state.Complete(_network, _steps.Optimizer, evaluation, _options.EarlyStopping ?? ObserveOnly, new EpochRecord(
            _state.Epoch + 1, loss, _metric.Value, evaluation?.Loss, evaluation?.Metric, learningRate, _steps.GradientNorm,
            Stopwatch.GetElapsedTime(start).TotalSeconds, _bytes)
        {
            ValidationScore = evaluation?.Score,
        });
        return Report() ?? StoppingRules.Decide(_state, _options, _network.Loss);
    }

    /// <summary>One pass through the data; gives the mean of the losses met, each before its update.</summary>
    /// <returns>Why the pass ended before the data did, or null.</returns>
    private StopReason? Pass(out double meanLoss, out double learningRate)
    {
        (double lossSum, double weightSum) = (0, 0);
        (meanLoss, learningRate) = (double.NaN, Rates().LearningRate);
        _metric.Reset();
        _steps.Start();
        _reader.Start(_options.Shuffle ? SplitMix64.Derive(_options.Seed, (ulong)_state.Epoch) : null);
        while (_reader.MoveNext())
        {
            StopReason? interruption = Interruption();
            StepRates rates = Rates();
            _steps.Compute(_reader, rates.DropoutFactor, interruption);
            StepFigures step = _steps.Figures;
            if (step.Interruption is not null)
            {
                _steps.Finish();
                return _steps.AreParametersFinite() ? step.Interruption : Diverge();
            }

            if (step.Weight == 0)
            {
                continue;
            }

            if (!double.IsFinite(step.Loss))
            {
                return Diverge();
            }

            _metric.Add(step.Metric);
            lossSum += step.Weight * step.Loss;
            weightSum += step.Weight;
            learningRate = rates.LearningRate;
            _steps.Update(rates);
        }

        if (weightSum == 0)
        {
            throw new ArgumentException("The weights of all rows are 0, so that there is nothing to learn from; mind example and class weights.");
        }

        _steps.Finish();
        meanLoss = lossSum / weightSum;
        return _steps.AreParametersFinite() ? null : Diverge();
    }

    private StopReason? Interruption() => _options.CancellationToken.IsCancellationRequested ? StopReason.Cancelled
        : _options.TimeLimit is { } limit && Stopwatch.GetElapsedTime(_start) >= limit ? StopReason.TimeLimit : null;

    /// <summary>Goes back to the weights at the end of the last epoch, which were finite.</summary>
    private StopReason Diverge()
    {
        _network.RestoreParameters(_state.Parameters);
        return StopReason.Diverged;
    }

    private StepRates Rates() => _options.ScheduleInterval == ScheduleInterval.Epoch
        ? _options.Rates(_state.Epoch, _numberOfEpochs)
        : _options.Rates(_steps.Optimizer.Step, _numberOfEpochs * _stepsPerEpoch);

    /// <summary>Tells the callbacks about the epoch just completed.</summary>
    private StopReason? Report()
    {
        if (_state.Epoch % _options.CheckpointInterval == 0 && _options.Communicator is not { Rank: > 0 })
        {
            _options.Checkpoint?.Invoke(_state);
        }

        bool isBest = _validation is null || _state.Best.Epoch == _state.Epoch;
        var progress = new EpochProgress(_state.History[^1], _numberOfEpochs, isBest)
        {
            Parameters = _network.Parameters.Select(parameter => (parameter.Name, parameter.Value.ConvertTo<double>().Values.ToArray())),
            Confusion = _options.Communicator is { Size: > 1 } ? null : (_validation is null ? _metric.Confusion : _validation.Confusion)?.Clone(),
        };
        _options.EpochCallback?.Invoke(progress);
        return AnyRank(progress.IsStopRequested) ? StopReason.Cancelled : null;
    }

    /// <summary>Whether something is so on this rank or another.</summary>
    private bool AnyRank(bool here)
    {
        if (_options.Communicator is not { Size: > 1 } ranks)
        {
            return here;
        }

        byte[] all = new byte[ranks.Size], one = [here ? (byte)1 : (byte)0];
        ranks.AllGather(one, all, [.. all.Select(_ => 1)]);
        return all.Contains((byte)1);
    }
}
