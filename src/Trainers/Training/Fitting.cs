using System.Diagnostics;

namespace EE569.Trainers.Training;

/// <summary>One call of Fit: reads the data, builds the network, trains it, and tells the log what happened.</summary>
/// <param name="context">The trainer's MLContext.</param>
/// <param name="options">The trainer's options.</param>
/// <param name="architecture">The architecture of the network.</param>
internal sealed class Fitting(TrainerContext context, TrainerOptions options, ArchitectureForm architecture)
{
    /// <summary>A layer that starts from data sees this many rows.</summary>
    private const int RowsToStartFrom = 1024;

    private readonly ulong _seed = context.Seed(options.Seed);
    private readonly int _folds = (options as EnsembleTrainerOptions)?.NumberOfFolds ?? 1;
    private readonly int _networks = ((options as EnsembleTrainerOptions)?.NumberOfFolds ?? 1) * ((options as EnsembleTrainerOptions)?.NumberOfNetworks ?? 1);
    private bool _isStopRequested;
    private double _weight; // of the training rows so far

    /// <summary>Trains a network, or several.</summary>
    /// <param name="train">The training data and its columns.</param>
    /// <param name="validation">The validation data and its columns, or null.</param>
    /// <param name="initial">The model to start from, or null to initialise networks.</param>
    public FittingResult Fit((IDataView View, TrainingColumns Columns) train, (IDataView View, TrainingColumns Columns)? validation, PreviousModel? initial)
    {
        long start = Stopwatch.GetTimestamp();
        using var channel = context.StartChannel();
        initial?.Require(_networks, architecture.PreparesFeatures ? train.Columns : null);
        if (_folds > 1 && validation is not null)
        {
            throw new InvalidOperationException(
                $"{nameof(EnsembleTrainerOptions.NumberOfFolds)} makes validation data of the training data: call Fit without, or set {nameof(EnsembleTrainerOptions.NumberOfNetworks)} instead.");
        }

        using var data = Read(train.View, train.Columns, validation is null ? options.ValidationShare : 0, Prepares(initial), initial?.Form.Preparation, _folds);
        using var given = validation is { } view ? Read(view.View, view.Columns, 0, data.Preparation is not null, data.Preparation) : null;
        var stopping = (given?.Train ?? data.Validation) is null ? null : options.EarlyStopping;
        bool hasTooFew = options.EarlyStopping is not null && stopping is null && options.ValidationFraction is null;
        if (options.EarlyStopping is not null && stopping is null && !hasTooFew && options.IsEarlyStoppingAsked)
        {
            throw new InvalidOperationException(
                $"{nameof(options.EarlyStopping)} needs validation data: set {nameof(options.ValidationFraction)} or call Fit with validation data.");
        }

        TrainingWarnings.BeforeTraining(channel, data, options, hasTooFew);
        TrainingWarnings.SkippedRows(channel, given?.Skipped, "validation");
        TrainingWarnings.UnnamedClasses(channel, train.Columns, initial);
        var (networks, results) = (new List<FittedNetwork>(), new List<TrainingResult<float>>());
        bool isOver = false;
        for (int i = 0; i < _networks && !isOver; i++)
        {
            var own = i == 0 ? data : data.Fold(i % _folds);
            var fitted = Create(own, initial?.Member(i, architecture, train.Columns.Task), SeedOf(i));
            var engine = EngineOptions(own, channel, stopping, i, options.TimeLimit is { } limit ? (limit - Stopwatch.GetElapsedTime(start)) / (_networks - i) : null);
            var result = Fit(new MiniBatchTrainer<float>(engine), fitted.Network, own.Train, given?.Train ?? own.Validation, ResumedState(channel, train.Columns, i));
            context.CheckAlive();
            results.Add(result);
            networks.Add(fitted);
            isOver = result.StopReason == StopReason.Cancelled || _isStopRequested;
        }

        TrainingWarnings.AfterTraining(channel, results, options, stopping);
        return FittingResult.Of(networks, results, isContinued: initial is not null);
    }

    /// <summary>One pass over a chunk.</summary>
    /// <param name="network">What the chunk before gave, or null for the first.</param>
    /// <param name="state">The state of its training.</param>
    /// <param name="view">The chunk.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="initial">The model to start from, or null.</param>
    public (FittedNetwork Network, TrainingResult<float> Result) PartialFit(FittedNetwork? network, TrainingState<float>? state, IDataView view, TrainingColumns columns, PreviousModel? initial)
    {
        if (_networks > 1)
        {
            throw new InvalidOperationException(
                $"PartialFit trains one network: set {nameof(EnsembleTrainerOptions.NumberOfFolds)} and {nameof(EnsembleTrainerOptions.NumberOfNetworks)} to 1, or call Fit.");
        }

        using var channel = context.StartChannel();
        initial?.Require(1, architecture.PreparesFeatures ? columns : null);
        using var data = Read(view, columns, 0, network is null ? Prepares(initial) : network.Preparation is not null, network?.Preparation ?? initial?.Form.Preparation);
        TrainingWarnings.BeforeTraining(channel, data, options, hasTooFew: false);
        TrainingWarnings.UnnamedClasses(channel, columns, network is null ? initial : null);
        network = (network ?? Create(data, initial, _seed)) with { Preparation = data.Preparation };
        _weight += WeightOf(data);
        var onePass = EngineOptions(data, channel, null, 0, null) with { ConvergenceTolerance = null, Schedule = options.ChunkSchedule, L2Regularization = L2(_weight) };
        var result = new MiniBatchTrainer<float>(onePass).PartialFit(network.Network, data.Train, state);
        context.CheckAlive();
        if (result.StopReason == StopReason.Diverged)
        {
            TrainingWarnings.AfterTraining(channel, [result], options, null);
        }

        return (network, result);
    }

    /// <summary>Throws if a training that began with random weights ended before its first epoch did: such a model knows nothing.</summary>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public void RequireLearnt(StopReason reason, History history, PreviousModel? initial)
    {
        if (reason == StopReason.Diverged && history.Count == 0 && initial is null)
        {
            throw new InvalidOperationException($"Nothing was learnt. {TrainingWarnings.Divergence(history, options)}");
        }
    }

    /// <summary>Sweeps the learning rate.</summary>
    /// <param name="view">The training data.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="finder">How to sweep.</param>
    public LearningRateSweep FindLearningRate(IDataView view, TrainingColumns columns, LearningRateFinder<float> finder)
    {
        using var channel = context.StartChannel();
        using var data = Read(view, columns, options.ValidationShare, architecture.PreparesFeatures, null);
        return finder.Find(Create(data, initial: null, _seed).Network, data.Train, EngineOptions(data, channel, null, 0, null));
    }

    /// <summary>Whether features are prepared: a model goes on training as it began.</summary>
    private bool Prepares(PreviousModel? initial) => initial is null ? architecture.PreparesFeatures : initial.Form.Preparation is not null;

    private TrainingData Read(IDataView view, TrainingColumns columns, double validationFraction, bool prepares, InputPreparation? preparation, int folds = 1) => new TrainingDataReader(
        options.MaximumRowsInMemory, validationFraction, _seed, context.CheckAlive, null, prepares, architecture.KeepsSparse, options.ValidationFraction is null && folds == 1, preparation, folds).Read(view, columns);

    /// <summary>The seed of a network: that of the options for the first.</summary>
    private ulong SeedOf(int network) => network == 0 ? _seed : SplitMix64.Derive(_seed, 2, (ulong)network).NextUInt64();

    private FittedNetwork Create(TrainingData data, PreviousModel? initial, ulong seed)
    {
        var columns = data.Columns;
        var description = architecture.Describe(data.Preparation?.Features.Outputs ?? columns.FeatureCount, columns.OutputCount, columns.Task.Loss, seed);
        description = data.Sample is { } sample ? architecture.Adapt(description, sample, columns.Categories, initial?.Form) : description;
        var network = initial?.Build(architecture, description, columns) ?? (data.Sample is { } rows ? description.Build(Spread(rows)) : description.Build<float>());
        return new(network, description, data.Preparation);
    }

    /// <summary>Rows from all over a sample, whose order may be that of the file.</summary>
    private static Matrix<float> Spread(Matrix<float> sample)
    {
        int count = Math.Min(sample.Rows, RowsToStartFrom);
        return Matrix<float>.FromRows([.. Enumerable.Range(0, count).Select(i => sample.Row((int)((long)i * sample.Rows / count)).ToArray())]);
    }

    private TrainingOptions<float> EngineOptions(TrainingData data, IChannel channel, EarlyStopping? stopping, int network, TimeSpan? time) => options.ToEngine(SeedOf(network)) with
    {
        EarlyStopping = stopping,
        ConvergenceTolerance = stopping is null ? options.ConvergenceTolerance : null,
        BatchSize = BatchSize(data),
        NumberOfEpochs = options.NumberOfEpochs ?? architecture.NumberOfEpochs(data.Train.Count, BatchSize(data)),
        L2Regularization = L2(WeightOf(data)),
        ClassWeights = (options as IClassifierOptions)?.ClassWeights.For(data.ClassTotals),
        TimeLimit = time is { } share ? TimeSpan.FromTicks(Math.Max(1, share.Ticks)) : null,
        EpochCallback = progress =>
        {
            context.CheckAlive();
            var own = new EpochProgress(progress.Record with { Network = network + 1 }, progress.NumberOfEpochs, progress.IsBest, _networks)
            {
                Parameters = progress.Parameters,
                Confusion = progress.Confusion,
            };
            TrainingWarnings.Epoch(channel, own);
            options.EpochCallback?.Invoke(own);
            if (own.IsStopRequested)
            {
                _isStopRequested = true;
                progress.Stop();
            }
        },
        Checkpoint = CheckpointOf(network) is { } file ? state => new Checkpoint(state, data.Columns.ClassNames ?? []).Save(file) : null,
    };

    private int BatchSize(TrainingData data) => options.BatchSize ?? architecture.BatchSize(data.Train.Count);

    /// <summary>λ for rows of so much weight in all.</summary>
    private double L2(double weight) => options.L2Regularization ?? (weight > 0 ? 0.5 / weight : 0);

    /// <summary>The summed weights of the training rows, those of their classes included.</summary>
    private double WeightOf(TrainingData data)
    {
        var weights = (options as IClassifierOptions)?.ClassWeights.For(data.ClassTotals);
        return data.ClassTotals.Select((total, label) => total * (weights?[label] ?? 1)).Sum() * (data.Train.Count ?? data.Rows) / data.Rows;
    }

    private string? CheckpointOf(int network) => _networks == 1 ? options.CheckpointFile : options.CheckpointFile is { } file ? $"{file}.{network + 1}" : null;

    private TrainingResult<float> Fit(
        MiniBatchTrainer<float> trainer, Network<float> network, DataSource<float> train, DataSource<float>? validation, TrainingState<float>? resumeFrom)
    {
        try
        {
            return trainer.Fit(network, train, validation, resumeFrom);
        }
        catch (ArgumentException exception) when (exception.ParamName == nameof(resumeFrom))
        {
            throw AnotherTraining(exception.Message, exception);
        }
    }

    private InvalidOperationException AnotherTraining(string reason, Exception? cause = null) => new(
        $"'{options.CheckpointFile}' is the checkpoint of another training: {reason} Or set {nameof(TrainerOptions.CheckpointFile)} to another file.", cause);

    private TrainingState<float>? ResumedState(IChannel channel, TrainingColumns columns, int network)
    {
        if (!options.ResumeFromCheckpoint || CheckpointOf(network) is not { } file || !File.Exists(file))
        {
            return null;
        }

        var checkpoint = Checkpoint.Load(file);
        if (!checkpoint.ClassNames.SequenceEqual(columns.ClassNames ?? []))
        {
            throw AnotherTraining($"Its classes are not those of column '{columns.Label.Name}' in their order: prepare the data with the same fitted transformers.");
        }

        TrainingWarnings.Info(channel, $"Continuing from '{file}' after epoch {checkpoint.State.Epoch}.");
        return checkpoint.State;
    }
}
