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
    private Architecture? _description;
    private InputPreparation? _preparation;

    /// <summary>A trained network with its description and preparation.</summary>
    public FittedNetwork Describe(Network<float> network) => new(network, _description!, _preparation);

    /// <summary>Trains a network.</summary>
    /// <param name="train">The training data and its columns.</param>
    /// <param name="validation">The validation data and its columns, or null.</param>
    /// <param name="initial">The model to start from, or null to initialise a network.</param>
    public TrainingResult<float> Fit((IDataView View, TrainingColumns Columns) train, (IDataView View, TrainingColumns Columns)? validation, PreviousModel? initial)
    {
        using var channel = context.StartChannel();
        RequireFeatures(train.Columns, initial);
        _preparation = initial?.Form.Origin?.Preparation;
        using var data = Read(train.View, train.Columns, validation is null ? options.ValidationFraction : 0);
        _preparation = data.Preparation;
        using var given = validation is { } view ? Read(view.View, view.Columns, 0) : null;
        var validationData = given?.Train ?? data.Validation;
        if (options.EarlyStopping is not null && validationData is null)
        {
            throw new InvalidOperationException(
                $"{nameof(options.EarlyStopping)} needs validation data: set {nameof(options.ValidationFraction)} or call Fit with validation data.");
        }

        TrainingWarnings.BeforeTraining(channel, data);
        TrainingWarnings.SkippedRows(channel, given?.Skipped, "validation");
        TrainingWarnings.UnnamedClasses(channel, train.Columns, initial);
        var network = CreateNetwork(data, initial);
        var result = Fit(new MiniBatchTrainer<float>(EngineOptions(data, channel)), network, data.Train, validationData, ResumedState(channel, train.Columns));
        context.CheckAlive();
        TrainingWarnings.AfterTraining(channel, result, options);
        return result;
    }

    /// <summary>One pass over a chunk.</summary>
    /// <param name="previous">What the chunk before gave, or null for the first.</param>
    /// <param name="view">The chunk.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="initial">The model to start from, or null.</param>
    public TrainingResult<float> PartialFit(TrainingResult<float>? previous, IDataView view, TrainingColumns columns, PreviousModel? initial)
    {
        using var channel = context.StartChannel();
        RequireFeatures(columns, initial);
        _preparation ??= initial?.Form.Origin?.Preparation;
        using var data = Read(view, columns, validationFraction: 0);
        _preparation = data.Preparation;
        TrainingWarnings.BeforeTraining(channel, data);
        TrainingWarnings.UnnamedClasses(channel, columns, previous is null ? initial : null);
        var onePass = EngineOptions(data, channel) with { EarlyStopping = null, ConvergenceTolerance = null };
        var result = new MiniBatchTrainer<float>(onePass).PartialFit(previous?.Network ?? CreateNetwork(data, initial), data.Train, previous?.State);
        context.CheckAlive();
        if (result.StopReason == StopReason.Diverged)
        {
            TrainingWarnings.AfterTraining(channel, result, options);
        }

        return result;
    }

    /// <summary>Throws if a training that began with random weights ended before its first epoch did: such a model knows nothing.</summary>
    /// <exception cref="InvalidOperationException">It did.</exception>
    public void RequireLearnt(TrainingResult<float> result, PreviousModel? initial)
    {
        if (result is { StopReason: StopReason.Diverged, History.Count: 0 } && initial is null)
        {
            throw new InvalidOperationException($"Nothing was learnt. {TrainingWarnings.Divergence(result.History, options)}");
        }
    }

    /// <summary>Sweeps the learning rate.</summary>
    /// <param name="view">The training data.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="finder">How to sweep.</param>
    public LearningRateSweep FindLearningRate(IDataView view, TrainingColumns columns, LearningRateFinder<float> finder)
    {
        using var channel = context.StartChannel();
        using var data = Read(view, columns, options.ValidationFraction);
        return finder.Find(CreateNetwork(data, initial: null), data.Train, EngineOptions(data, channel));
    }

    private TrainingData Read(IDataView view, TrainingColumns columns, double validationFraction) =>
        new TrainingDataReader(options.MaximumRowsInMemory, validationFraction, _seed, context.CheckAlive, null, architecture.PreparesFeatures, _preparation).Read(view, columns);

    private void RequireFeatures(TrainingColumns columns, PreviousModel? initial)
    {
        if (architecture.PreparesFeatures && initial is not null && initial.Form.Features != columns.FeatureCount)
        {
            throw new ArgumentException($"The previous model reads {initial.Form.Features} features, but column '{columns.Features.Name}' has {columns.FeatureCount}.");
        }
    }

    private Network<float> CreateNetwork(TrainingData data, PreviousModel? initial)
    {
        var columns = data.Columns;
        var description = architecture.Describe(data.Preparation?.Width ?? columns.FeatureCount, columns.OutputCount, columns.Task.Loss, _seed);
        _description = description = data.Sample is { } sample ? architecture.Adapt(description, sample, initial?.Form) : description;
        return initial?.Build(architecture, description, columns)
            ?? (data.Sample is { } rows ? description.Build(Spread(rows)) : description.Build<float>());
    }

    /// <summary>Rows from all over a sample, whose order may be that of the file.</summary>
    private static Matrix<float> Spread(Matrix<float> sample)
    {
        int count = Math.Min(sample.Rows, RowsToStartFrom);
        return Matrix<float>.FromRows([.. Enumerable.Range(0, count).Select(i => sample.Row((int)((long)i * sample.Rows / count)).ToArray())]);
    }

    private TrainingOptions<float> EngineOptions(TrainingData data, IChannel channel) => options.ToEngine(_seed) with
    {
        BatchSize = options.BatchSize ?? architecture.BatchSize(data.Train.Count),
        ClassWeights = (options as IClassifierOptions)?.ClassWeights.For(data.ClassTotals),
        EpochCallback = progress =>
        {
            context.CheckAlive();
            TrainingWarnings.Epoch(channel, progress.Record);
            options.EpochCallback?.Invoke(progress);
        },
        Checkpoint = options.CheckpointFile is { } file ? state => new Checkpoint(state, data.Columns.ClassNames ?? []).Save(file) : null,
    };

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

    private TrainingState<float>? ResumedState(IChannel channel, TrainingColumns columns)
    {
        if (!options.ResumeFromCheckpoint || !File.Exists(options.CheckpointFile))
        {
            return null;
        }

        var checkpoint = Checkpoint.Load(options.CheckpointFile);
        if (!checkpoint.ClassNames.SequenceEqual(columns.ClassNames ?? []))
        {
            throw AnotherTraining($"Its classes are not those of column '{columns.Label.Name}' in their order: prepare the data with the same fitted transformers.");
        }

        TrainingWarnings.Info(channel, $"Continuing from '{options.CheckpointFile}' after epoch {checkpoint.State.Epoch}.");
        return checkpoint.State;
    }
}
