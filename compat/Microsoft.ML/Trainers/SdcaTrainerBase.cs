using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Stochastic dual coordinate ascent: options, and the values chosen where an option is null. One thread trains; the objective is checked in
/// parallel. Results depend on the seed alone.
/// </summary>
public abstract class SdcaTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TOptions : SdcaTrainerBase<TOptions, TTransformer, TModel>.OptionsBase
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        private protected OptionsBase()
        {
        }

        public float? L2Regularization;

        /// <summary>What the weights are pulled towards 0 by, as a multiple of the L2 term's weight.</summary>
        public float? L1Regularization;

        /// <summary>At most this many threads check the objective.</summary>
        public int? NumberOfThreads;

        /// <summary>Training ends when the duality gap is at most this share of the objective.</summary>
        public float ConvergenceTolerance = 0.1f;

        public int? MaximumNumberOfIterations;

        public bool Shuffle = true;

        public int? ConvergenceCheckFrequency;

        /// <summary>0 regularises the bias with the weights; above 0 it is freed, the faster the larger.</summary>
        public float BiasLearningRate;
    }

    private protected SdcaTrainerBase(IHostEnvironment env, LearningTask task, TOptions options) : base(env, task, options)
    {
        Require(options.L2Regularization is null or >= 0, nameof(options.L2Regularization), "L2 constant must be non-negative.");
        Require(options.L1Regularization is null or >= 0, nameof(options.L1Regularization), "L1 threshold must be non-negative.");
        Require(options.MaximumNumberOfIterations is null or > 0, nameof(options.MaximumNumberOfIterations), "Max number of iterations must be positive.");
        Require(options.ConvergenceTolerance is > 0 and <= 1, nameof(options.ConvergenceTolerance), "Convergence tolerance must be positive and no larger than 1.");
        Require(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Number of threads must be positive.");
        Require(options.ConvergenceCheckFrequency is null or > 0, nameof(options.ConvergenceCheckFrequency), "Convergence check frequency must be positive.");
        Require(options.BiasLearningRate >= 0, nameof(options.BiasLearningRate), "Bias learning rate must be non-negative.");
        TrainerOptions = options;
    }

    private protected TOptions TrainerOptions { get; }

    private protected TrainingRows ReadRows(IDataView data, IChannel channel) => ReadRows(data, channel, "Training set has 0 instances, aborting training.");

    private protected virtual float PositiveInstanceWeight => 1;

    private protected SdcaSettings Settings(int rows, IChannel channel)
    {
        int iterations = TrainerOptions.MaximumNumberOfIterations ?? 3 * Math.Max(1, 500_000 / rows);
        if (TrainerOptions.MaximumNumberOfIterations is null)
            channel.Info(MessageSensitivity.None, "Auto-tuning parameters: maxIterations = {0}.", iterations);
        float l2 = TrainerOptions.L2Regularization is > 0 and { } given ? given : TuneL2(rows, iterations);
        if (l2 != TrainerOptions.L2Regularization)
            channel.Info(MessageSensitivity.None, "Auto-tuning parameters: L2 = {0}.", l2);
        return new(
            l2, TrainerOptions.L1Regularization ?? 0, TrainerOptions.ConvergenceTolerance, iterations, TrainerOptions.ConvergenceCheckFrequency ?? 1,
            TrainerOptions.BiasLearningRate, PositiveInstanceWeight, TrainerOptions.Shuffle ? Host.Rand : null, TrainerOptions.NumberOfThreads ?? -1);
    }

    /// <summary>The more examples training will see, the less regularisation it needs to converge.</summary>
    private protected virtual float TuneL2(int rows, int iterations) => Math.Min(0.01f, 40f / ((float)rows * iterations));
}
