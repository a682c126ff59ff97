namespace EE569.Engine.Training;

/// <summary>Trains networks by mini-batch gradient descent.</summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
public sealed class MiniBatchTrainer<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TrainingOptions<T> _options;

    /// <summary>Creates a trainer.</summary>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public MiniBatchTrainer(TrainingOptions<T> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Loss and metric of a network on a data set.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">The data.</param>
    /// <param name="batchSize">Rows computed at once; affects speed and rounding only.</param>
    public static Evaluation Evaluate(Network<T> network, DataSource<T> data, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        TrainingChecks.Data(network, data);
        using var evaluator = new Evaluator<T>(network.CreateInstance(), data, batchSize);
        return evaluator.Evaluate();
    }

    /// <summary>Trains a network, in place.</summary>
    /// <param name="network">The network; its current parameters are the start. To train it twice at the same time, give each training a <see cref="Network{T}.Clone"/>.</param>
    /// <param name="train">Rows to learn from.</param>
    /// <param name="validation">Rows to judge each epoch with, or null.</param>
    /// <param name="resumeFrom">The state to go on from; with the same options the result has the bits of an unbroken training.</param>
    /// <returns>The outcome. However the training ends, the weights are finite.</returns>
    /// <exception cref="ArgumentException">Network, data, options and state do not fit each other.</exception>
    /// <exception cref="InvalidOperationException">The ranks of <see cref="TrainingOptions{T}.Communicator"/> differ in options, network, number of rows or version; the message says which and in what.</exception>
    public TrainingResult<T> Fit(Network<T> network, DataSource<T> train, DataSource<T>? validation = null, TrainingState<T>? resumeFrom = null)
    {
        if (_options.EarlyStopping is not null && validation is null)
        {
            throw new ArgumentException("EarlyStopping needs validation data.", nameof(validation));
        }

        return Run(network, train, validation, resumeFrom, _options.NumberOfEpochs, isResumed: resumeFrom is not null);
    }

    /// <summary>Makes one pass over a chunk of data, for data that arrives over time.</summary>
    /// <param name="network">The network, changed in place.</param>
    /// <param name="chunk">The rows that have arrived.</param>
    /// <param name="state">The state after the chunk before, which keeps optimiser and step count; null for the first one.</param>
    /// <returns>The outcome; its state goes with the next chunk.</returns>
    /// <exception cref="ArgumentException">Network, data, options and state do not fit each other.</exception>
    public TrainingResult<T> PartialFit(Network<T> network, DataSource<T> chunk, TrainingState<T>? state = null) =>
        Run(network, chunk, validation: null, state, (state?.Epoch ?? 0) + 1, isResumed: false);

    private TrainingResult<T> Run(Network<T> network, DataSource<T> train, DataSource<T>? validation, TrainingState<T>? resumeFrom, int numberOfEpochs, bool isResumed)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(train);
        Network<T> instance = network.CreateInstance();
        TrainingChecks.Prepare(instance, train, _options);
        if (validation is not null)
        {
            TrainingChecks.Data(instance, validation);
        }

        if (_options.Communicator is { } ranks)
        {
            RankAgreement.Require(ranks, instance, _options, train, validation, resumeFrom);
        }

        using var run = new TrainingRun<T>(instance, train, validation, _options, resumeFrom, numberOfEpochs);
        return run.Run(isResumed) with { Network = network };
    }
}
