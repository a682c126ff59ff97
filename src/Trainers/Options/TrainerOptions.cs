using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Serialization;

namespace EE569.Trainers;

/// <summary>
/// What every trainer of this library can be told. Values are checked and copied when the trainer is created; the exception names the option.
/// </summary>
/// <remarks>
/// A property is the one home of its option. Its attributes say the values it may have (those of the engine's option of the same name, where that has some) and its key in
/// JSON, else the name in camel case; the switch of the command line is that key in kebab case, and its help is the first sentence here.
/// </remarks>
public abstract class TrainerOptions
{
    private protected TrainerOptions()
    {
    }

    /// <summary>The label column: Boolean (binary), Key (multiclass) or Single (regression). Default "Label".</summary>
    [Required]
    public string LabelColumnName { get; set; } = Defaults.LabelColumnName;

    /// <summary>The features: a vector of Single of known size, dense or sparse. Default "Features".</summary>
    [Required]
    public string FeatureColumnName { get; set; } = Defaults.FeatureColumnName;

    /// <summary>The column of Single that weighs the examples. Null (the default): all weigh 1.</summary>
    [JsonPropertyName("weight")]
    public string? ExampleWeightColumnName { get; set; }

    /// <summary>
    /// Examples per gradient step. The last batch of an epoch may be smaller and weighs accordingly. Null (the default of the linear trainers, TabM and
    /// RealMLP): by the number of training rows, for the networks 32. Default 32.
    /// </summary>
    public int? BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>
    /// The most passes over the training data. Null (the default of the linear trainers): by the number of rows, 10,000 steps of 32 rows, fewer of larger batches, but 3,000 and at
    /// most 500 passes; for the others 300. Default 300 (networks), 1000 (TabM), 256 (RealMLP).
    /// </summary>
    [JsonPropertyName("epochs")]
    public int? NumberOfEpochs { get; set; }

    /// <summary>The base step size, multiplied by <see cref="LearningRateSchedule"/>. Default 0.03 (linear trainers), 0.001 (networks), 0.002 (TabM), 0.04 or in regression 0.2 (RealMLP).</summary>
    public double LearningRate { get; set; }

    /// <summary>
    /// The factor of <see cref="LearningRate"/> as a function of the step; see <see cref="Schedules"/>. Default constant; linear trainers: half a cosine from 1 to 0, and for
    /// chunks, whose number is not known, 1 / sqrt(1 + step / 100).
    /// </summary>
    [Required, JsonPropertyName("schedule")]
    public Schedule LearningRateSchedule { get; set; } = Schedules.Constant;

    /// <summary>
    /// How a gradient becomes a step. Default <see cref="Adam{T}"/>, which needs the least tuning, and for TabM and RealMLP <see cref="AdamW{T}"/> as their authors set it. With many sparse features <see cref="LazyAdam{T}"/> is
    /// faster: its steps cost what the batch holds.
    /// </summary>
    public Optimizer<float> Optimizer { get; set; } = new Adam<float>();

    /// <summary>
    /// λ of the penalty λ Σ w² added to the mean loss; biases are not penalised. Null (the default of the linear trainers): 1 / (2 n) for n training rows, or the sum of their
    /// weights, as ML.NET's L-BFGS and scikit-learn's C = 1. Default 0.0001. docs/trainers.md converts other conventions.
    /// </summary>
    [JsonPropertyName("l2")]
    public double? L2Regularization { get; set; } = 1e-4;

    /// <summary>The largest Euclidean norm of a gradient; a longer one is shortened to it. Null (the default): never.</summary>
    public double? GradientClipNorm { get; set; }

    /// <summary>
    /// Stop as <see cref="StopReason.Converged"/> when the training loss has improved by less than this for ten epochs; null: never. Not used while
    /// <see cref="EarlyStopping"/> judges by validation data. Default 0.0001; linear trainers: null, for their rate falls to 0.
    /// </summary>
    public double? ConvergenceTolerance { get; set; } = 1e-4;

    /// <summary>
    /// The share of the training rows set aside for validation, seeded and the same of every class. Null (the default): a tenth where <see cref="EarlyStopping"/> is set and
    /// that is ten rows or more, else none; TabM and RealMLP: 0.2. Not used when <c>Fit</c> is given validation data.
    /// </summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double? ValidationFraction { get; set; }

    /// <summary>
    /// When to stop on the validation data, and whether to keep the best epoch. Null (the default of the linear trainers): never stop early. Default of the networks: after 20
    /// epochs without gain, unless <see cref="ValidationFraction"/> is 0.
    /// </summary>
    public EarlyStopping? EarlyStopping { get; set; }

    /// <summary>Whether each epoch visits the examples in a new order. Default true.</summary>
    public bool Shuffle { get; set; } = true;

    /// <summary>Decides initial weights, split, order and dropout. Null (the default): the seed of the MLContext, or a random one if it has none.</summary>
    public int? Seed { get; set; }

    /// <summary>The most threads a step may use; the result is the same to the bit. Null (the default): all processors.</summary>
    [JsonPropertyName("threads")]
    public int? NumberOfThreads { get; set; }

    /// <summary>
    /// Up to this many rows are read once into memory (4 bytes a value, 8 a non-zero of sparse data); more are copied once, in this form, to a temporary
    /// file that is gone with the training, and streamed from there. Default 1,000,000.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int MaximumRowsInMemory { get; set; } = 1_000_000;

    /// <summary>
    /// Called after every epoch with its figures; <see cref="EpochProgress.Stop"/> ends the training and keeps the model. Inside OneVersusAll and
    /// PairwiseCoupling it sees one training more than there are classes or pairs: those of Microsoft.ML 5.0.1 train the first of them twice.
    /// </summary>
    public Action<EpochProgress>? EpochCallback { get; set; }

    /// <summary>Ends the training at the next batch; the best model so far is returned with <see cref="StopReason.Cancelled"/>.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>
    /// Examples of a shard: a larger batch is cut into such shards, whose gradients are computed apart and added in a fixed order, so that ranks and threads can share it. Null (the
    /// default): 128; for TabM 256 / members, but at least 16.
    /// </summary>
    public int? ShardSize { get; set; }

    /// <summary>
    /// The processes that train together, each with these options and data; all get the model that one alone would, to the bit. Null (the default): none. docs/distributed.md tells more.
    /// </summary>
    public ICommunicator? Communicator { get; set; }

    /// <summary>
    /// The time that <c>Fit</c> may take, reading the data included; then the training ends with the best model so far and <see cref="StopReason.TimeLimit"/>. Several networks share it.
    /// It is the one option with which the same seed need not give the same bits. Null (the default): no limit.
    /// </summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>
    /// Where the state of the training (weights, optimizer, epoch, history) is kept; of several networks each adds its number to the name, ".1" and so on. Null (the default): nowhere.
    /// </summary>
    public string? CheckpointFile { get; set; }

    /// <summary>Epochs between two writings of <see cref="CheckpointFile"/>. Default 1.</summary>
    public int CheckpointInterval { get; set; } = 1;

    /// <summary>Whether <c>Fit</c> continues from <see cref="CheckpointFile"/> if it exists: to the same bits as if never interrupted. Default false.</summary>
    public bool ResumeFromCheckpoint { get; set; }

    /// <summary>The engine's form of these options: the names are the same, so its checks name ours.</summary>
    /// <param name="seed">What <see cref="Seed"/> came to.</param>
    internal virtual TrainingOptions<float> ToEngine(ulong seed) => new()
    {
        BatchSize = BatchSize ?? Defaults.BatchSize,
        NumberOfEpochs = NumberOfEpochs ?? Defaults.NetworkEpochs,
        LearningRate = LearningRate,
        Schedule = LearningRateSchedule,
        Optimizer = Optimizer,
        L2Regularization = L2Regularization ?? 0,
        GradientClipNorm = GradientClipNorm,
        Shuffle = Shuffle,
        Seed = seed,
        NumberOfThreads = NumberOfThreads ?? Environment.ProcessorCount,
        EarlyStopping = EarlyStopping,
        ConvergenceTolerance = ConvergenceTolerance,
        CancellationToken = CancellationToken,
        TimeLimit = TimeLimit,
        CheckpointInterval = CheckpointInterval,
        ShardSize = ShardSize,
        Communicator = Communicator,
    };

    /// <summary>The share to set aside, if it leaves rows enough.</summary>
    internal double ValidationShare => ValidationFraction ?? (EarlyStopping is null ? 0 : Defaults.ValidationFraction);

    /// <summary>The schedule where rows come chunk by chunk and the end is not known.</summary>
    internal virtual Schedule ChunkSchedule => LearningRateSchedule;

    /// <summary>Whether early stopping that is set is more than the default.</summary>
    internal virtual bool IsEarlyStoppingAsked => true;

    /// <summary>Whose properties of the same names say the values that options may have.</summary>
    private static Type[] Homes => [typeof(TrainingOptions<float>), typeof(FeedForward), typeof(TabM), typeof(RealMlp)];

    /// <summary>The values that an option may have, in words; empty where any will do.</summary>
    internal static string Rule(PropertyInfo option) => OptionCheck.Rule(option, Homes);

    /// <summary>A copy that does not change with these options, checked.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option cannot be; the message names it.</exception>
    internal TrainerOptions Checked()
    {
        TrainerOptions copy = Copy();
        OptionCheck.Validate(copy, homes: Homes);
        OptionCheck.Require(!copy.ResumeFromCheckpoint || copy.CheckpointFile is not null, nameof(ResumeFromCheckpoint), true, $"false without {nameof(CheckpointFile)}");
        if (copy.EarlyStopping?.Metric.IsOfClasses() is { } isOfClasses)
        {
            OptionCheck.Require(
                isOfClasses == this is IClassifierOptions, $"{nameof(EarlyStopping)}.{nameof(Engine.Training.EarlyStopping.Metric)}", copy.EarlyStopping.Metric, $"a figure of {(isOfClasses ? "values" : "classes")}");
        }

        copy.ToEngine(seed: 0).Validate();
        return copy;
    }

    private protected virtual TrainerOptions Copy() => (TrainerOptions)MemberwiseClone();
}
