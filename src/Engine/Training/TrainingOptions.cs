using System.ComponentModel.DataAnnotations;

namespace EE569.Engine.Training;

/// <summary>How to train. An immutable description, checked in one place; the same options give the same bits again.</summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
public sealed record TrainingOptions<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows of a step (of each member of an ensemble), from 1; more than there are rows means all of them. The last batch of an epoch may be smaller. Default 32.</summary>
    [Range(1, int.MaxValue)]
    public int BatchSize { get; init; } = 32;

    /// <summary>Passes through the data, from 0 (which changes nothing). Default 100.</summary>
    [Range(0, int.MaxValue)]
    public int NumberOfEpochs { get; init; } = 100;

    /// <summary>Base learning rate, above 0. Default 0.01.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Factor of the base rate over the training. Default constant.</summary>
    [Required]
    public Schedule Schedule { get; init; } = Schedules.Schedules.Constant;

    /// <summary>Factor of the decoupled decay of <see cref="AdamW{T}"/> over the training, beside the learning rate's own schedule. Default constant.</summary>
    [Required]
    public Schedule DecaySchedule { get; init; } = Schedules.Schedules.Constant;

    /// <summary>Factor, in [0, 1], of the rate of every <see cref="Dropout{T}"/> over the training. Default constant.</summary>
    [Required]
    public Schedule DropoutSchedule { get; init; } = Schedules.Schedules.Constant;

    /// <summary>What the schedules count, those of parameter groups included. Default steps.</summary>
    [EnumDataType(typeof(ScheduleInterval))]
    public ScheduleInterval ScheduleInterval { get; init; } = ScheduleInterval.Step;

    /// <summary>The optimiser. Default <see cref="SGD{T}"/>.</summary>
    [Required]
    public Optimizer<T> Optimizer { get; init; } = new SGD<T>();

    /// <summary>lambda of the penalty lambda sum W^2 over weights, not biases, added to the loss; gradient 2 lambda W. From 0, default 0. See <see cref="ParameterGroup.L2Factor"/>.</summary>
    [Range(0, double.MaxValue)]
    public double L2Regularization { get; init; }

    /// <summary>
    /// lambda of the penalty lambda sum |W| over weights, not biases. From 0, default 0. Applied after each step as its proximal map, which
    /// moves every weight towards 0 by learning rate times lambda and stops at 0, so that weights become exactly 0.
    /// </summary>
    [Range(0, double.MaxValue)]
    public double L1Regularization { get; init; }

    /// <summary>Largest Euclidean norm of the gradient over all parameters, above 0; longer ones are shortened to it. Default none.</summary>
    [Range(0, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double? GradientClipNorm { get; init; }

    /// <summary>A weight for every class, which multiplies the example weights in the losses of this training, validation included; see <see cref="Losses.ClassWeights"/>. Default that of the network's loss.</summary>
    public IReadOnlyList<double>? ClassWeights { get; init; }

    /// <summary>Whether each epoch visits the rows in a new random order. Default true.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>
    /// Whether each member of an ensemble (see <see cref="Node{T}.Members"/>) has a random order of its own, so that the members learn from
    /// different rows in a step. Better on average; what comes before the members in the network is then computed for the rows of each. Default true.
    /// </summary>
    public bool ShufflePerMember { get; init; } = true;

    /// <summary>Seed of the orders. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Threads to use, from 1; the result is the same for any number. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int NumberOfThreads { get; init; } = 1;

    /// <summary>When to stop early. Default never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Ends the training when the training loss has not fallen by more than this over <see cref="ConvergencePatience"/> epochs; from 0. Default never.</summary>
    [Range(0, double.PositiveInfinity)]
    public double? ConvergenceTolerance { get; init; }

    /// <summary>Epochs for <see cref="ConvergenceTolerance"/>, from 1. Default 10.</summary>
    [Range(1, int.MaxValue)]
    public int ConvergencePatience { get; init; } = 10;

    /// <summary>
    /// A classification has diverged, although its loss is finite, when the training loss of 5 epochs in a row is above this many times the
    /// loss of equal scores (log of the number of classes) and not falling. Above 1, or null for non-finite numbers only. Default 20.
    /// </summary>
    [Range(1, double.PositiveInfinity, MinimumIsExclusive = true)]
    public double? DivergenceThreshold { get; init; } = 20;

    /// <summary>
    /// Ends the training before the next batch once so much time has passed, above 0; the network keeps the best weights so far. Where it ends depends on the
    /// machine: with this option alone the same seed need not give the same bits. Default never.
    /// </summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>Called after every epoch on the training thread.</summary>
    public Action<EpochProgress>? EpochCallback { get; init; }

    /// <summary>Ends the training before the next batch; the network keeps the best weights so far.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Receives the state every <see cref="CheckpointInterval"/> epochs, to be saved within the call.</summary>
    public Action<TrainingState<T>>? Checkpoint { get; init; }

    /// <summary>Epochs between checkpoints, from 1. Default 1.</summary>
    [Range(1, int.MaxValue)]
    public int CheckpointInterval { get; init; } = 1;

    /// <summary>What the schedules say after so many steps or epochs of all.</summary>
    internal StepRates Rates(long position, long total) => new(LearningRate, Schedule, DecaySchedule, DropoutSchedule, position, total);

    /// <summary>Whether some schedule of these options or of the groups of a network changes over the steps.</summary>
    internal bool SchedulesSteps(Network<T> network) => ScheduleInterval == ScheduleInterval.Step && network.Parameters
        .SelectMany(parameter => new[] { parameter.Group.Schedule, parameter.Group.DecaySchedule })
        .Concat([Schedule, DecaySchedule, DropoutSchedule])
        .Any(schedule => schedule is not null && schedule != Schedules.Schedules.Constant);

    /// <summary>
    /// Examples of a shard, from 1. A larger batch is cut into such shards by position, whose gradients are computed apart and added in one fixed order: ranks and threads
    /// share a batch by them. Null, the default: 128, of an ensemble of k members 256 / k but at least 16.
    /// </summary>
    [Range(1, int.MaxValue)]
    public int? ShardSize { get; init; }

    /// <summary>
    /// The processes that train this network together, each with the same data and options; each computes some shards of every batch, and all end with the same bits, which are
    /// those of a training alone. Checkpoints are rank 0's. A request to stop on one rank stops all. Default none.
    /// </summary>
    /// <remarks>With ranks every weight is updated in every step; alone, a step on sparse rows or ids passes over weights that it does not touch where the optimiser allows it.</remarks>
    public ICommunicator? Communicator { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range; the message names it.</exception>
    public void Validate()
    {
        OptionCheck.Validate(this);
        OptionCheck.Require(TimeLimit is null || TimeLimit > TimeSpan.Zero, nameof(TimeLimit), TimeLimit, "above 0");
        if (EarlyStopping is not null)
        {
            OptionCheck.Validate(EarlyStopping, $"{nameof(EarlyStopping)}.");
        }
    }
}
