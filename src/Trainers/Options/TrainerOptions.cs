namespace EE569.Trainers;

/// <summary>
/// What every trainer of this library can be told. Values are checked and copied when the trainer is created; the exception names the option.
/// </summary>
public abstract class TrainerOptions
{
    private protected TrainerOptions()
    {
    }

    /// <summary>The label column: Boolean (binary), Key (multiclass) or Single (regression). Default "Label".</summary>
    public string LabelColumnName { get; set; } = Defaults.LabelColumnName;

    /// <summary>The features: a vector of Single of known size, dense or sparse. Default "Features".</summary>
    public string FeatureColumnName { get; set; } = Defaults.FeatureColumnName;

    /// <summary>A Single column that weighs the examples, or null (the default): all weigh 1.</summary>
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>Examples per gradient step. The last batch of an epoch may be smaller and weighs accordingly. Default 32.</summary>
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>The most passes over the training data. Default 100.</summary>
    public int NumberOfEpochs { get; set; } = Defaults.NumberOfEpochs;

    /// <summary>The base step size, multiplied by <see cref="LearningRateSchedule"/>. Default 0.01 (linear trainers) or 0.001 (networks).</summary>
    public double LearningRate { get; set; }

    /// <summary>The factor of <see cref="LearningRate"/> as a function of the step. Default constant; see <see cref="Schedules"/>.</summary>
    public Schedule LearningRateSchedule { get; set; } = Schedules.Constant;

    /// <summary>
    /// How a gradient becomes a step. Default <see cref="Adam{T}"/>, which needs the least tuning. With many sparse features <see cref="LazyAdam{T}"/> is
    /// faster: its steps cost what the batch holds.
    /// </summary>
    public Optimizer<float> Optimizer { get; set; } = new Adam<float>();

    /// <summary>λ of the penalty λ Σ w² added to the mean loss; biases are not penalised. Default 0.0001. docs/trainers.md converts other conventions.</summary>
    public double L2Regularization { get; set; } = 1e-4;

    /// <summary>The largest Euclidean norm of a gradient; a longer one is shortened to it. Null (the default): never.</summary>
    public double? GradientClipNorm { get; set; }

    /// <summary>
    /// Stop as <see cref="StopReason.Converged"/> when the training loss has improved by less than this for ten epochs; null: never. Default 0.0001.
    /// </summary>
    public double? ConvergenceTolerance { get; set; } = 1e-4;

    /// <summary>
    /// The share of the training rows set aside for validation, seeded and the same of every class. 0 (the default): none. Not used when
    /// <c>Fit</c> is given validation data.
    /// </summary>
    public double ValidationFraction { get; set; }

    /// <summary>When to stop on the validation data, and whether to keep the best epoch. Null (the default): never stop early.</summary>
    public EarlyStopping? EarlyStopping { get; set; }

    /// <summary>Whether each epoch visits the examples in a new order. Default true.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Decides initial weights, split, order and dropout. Null (the default): the seed of the MLContext, or a random one if it has none.</summary>
    public int? Seed { get; set; }

    /// <summary>The most threads a step may use; the result is the same to the bit. Null (the default): all processors.</summary>
    public int? NumberOfThreads { get; set; }

    /// <summary>
    /// Up to this many rows are read once into memory (4 bytes a value, 8 a non-zero of sparse data); more are copied once, in this form, to a temporary
    /// file that is gone with the training, and streamed from there. Default 1,000,000.
    /// </summary>
    public int MaximumRowsInMemory { get; set; } = 1_000_000;

    /// <summary>
    /// Called after every epoch with its figures; <see cref="EpochProgress.Stop"/> ends the training and keeps the model. Inside OneVersusAll and
    /// PairwiseCoupling it sees one training more than there are classes or pairs: those of Microsoft.ML 5.0.1 train the first of them twice.
    /// </summary>
    public Action<EpochProgress>? EpochCallback { get; set; }

    /// <summary>Ends the training at the next batch; the best model so far is returned with <see cref="StopReason.Cancelled"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>Where the state of the training (weights, optimizer, epoch, history) is kept, or null (the default): nowhere.</summary>
    public string? CheckpointFile { get; set; }

    /// <summary>Epochs between two writings of <see cref="CheckpointFile"/>. Default 1.</summary>
    public int CheckpointInterval { get; set; } = 1;

    /// <summary>Whether <c>Fit</c> continues from <see cref="CheckpointFile"/> if it exists: to the same bits as if never interrupted. Default false.</summary>
    public bool ResumeFromCheckpoint { get; set; }

    /// <summary>A copy that does not change with these options.</summary>
    internal virtual TrainerOptions Copy() => (TrainerOptions)MemberwiseClone();

    /// <summary>The engine's form of these options: the names are the same, so its checks name ours.</summary>
    /// <param name="seed">What <see cref="Seed"/> came to.</param>
    internal virtual TrainingOptions<float> ToEngine(ulong seed) => new()
    {
        BatchSize = BatchSize,
        NumberOfEpochs = NumberOfEpochs,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule,
        Optimizer = Optimizer,
        L2Regularization = L2Regularization,
        GradientClipNorm = GradientClipNorm,
        Shuffle = Shuffle,
        Seed = seed,
        NumberOfThreads = NumberOfThreads ?? Environment.ProcessorCount,
        EarlyStopping = EarlyStopping,
        ConvergenceTolerance = ConvergenceTolerance,
        CancellationToken = CancellationToken,
        CheckpointInterval = CheckpointInterval,
    };

    /// <summary>Throws an <see cref="ArgumentException"/> that names the first option that cannot be.</summary>
    internal virtual void Validate()
    {
        OptionCheck.NotEmpty(LabelColumnName, nameof(LabelColumnName));
        OptionCheck.NotEmpty(FeatureColumnName, nameof(FeatureColumnName));
        ArgumentNullException.ThrowIfNull(Optimizer, nameof(Optimizer));
        ArgumentNullException.ThrowIfNull(LearningRateSchedule, nameof(LearningRateSchedule));
        OptionCheck.That(ValidationFraction is >= 0 and < 1, ValidationFraction, nameof(ValidationFraction), "Must be at least 0 and less than 1.");
        OptionCheck.That(NumberOfThreads is null or > 0, NumberOfThreads, nameof(NumberOfThreads), "Must be positive, or null for all processors.");
        OptionCheck.That(MaximumRowsInMemory > 0, MaximumRowsInMemory, nameof(MaximumRowsInMemory), "Must be positive.");
        OptionCheck.That(!ResumeFromCheckpoint || CheckpointFile is not null, ResumeFromCheckpoint, nameof(ResumeFromCheckpoint), $"Needs {nameof(CheckpointFile)}.");
        ToEngine(seed: 0).Validate();
    }
}
