using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>
/// Batch training of linear models by L-BFGS: minimises sum(weight loss) + L2 / 2 |w|^2 + L1 |w|_1, the biases free.
/// </summary>
public abstract class LbfgsTrainerBase<TOptions, TTransformer, TModel> : TrainerEstimatorBase<TTransformer, TModel>
    where TOptions : LbfgsTrainerBase<TOptions, TTransformer, TModel>.OptionsBase
    where TTransformer : ISingleFeaturePredictionTransformer<TModel>
    where TModel : class
{
    public abstract class OptionsBase : TrainerInputBaseWithWeight
    {
        private protected OptionsBase()
        {
        }

        public float L2Regularization = 1;

        public float L1Regularization = 1;

        public float OptimizationTolerance = 1e-7f;

        public int HistorySize = 20;

        public int MaximumNumberOfIterations = int.MaxValue;

        /// <summary>Above 0, training starts from random weights between plus and minus half of it.</summary>
        public float InitialWeightsDiameter;

        public int? NumberOfThreads;

        public bool EnforceNonNegativity;
    }

    private protected LbfgsTrainerBase(IHostEnvironment env, LearningTask task, TOptions options) : base(env, task, options)
    {
        Require(options.L2Regularization >= 0, nameof(options.L2Regularization), "Must be non-negative");
        Require(options.L1Regularization >= 0, nameof(options.L1Regularization), "Must be non-negative");
        Require(options.OptimizationTolerance > 0, nameof(options.OptimizationTolerance), "Must be positive");
        Require(options.HistorySize > 0, nameof(options.HistorySize), "Must be positive");
        Require(options.MaximumNumberOfIterations > 0, nameof(options.MaximumNumberOfIterations), "Must be positive");
        Require(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "Must be non-negative");
        Require(options.NumberOfThreads is null or > 0, nameof(options.NumberOfThreads), "Must be positive");
        TrainerOptions = options;
    }

    private protected TOptions TrainerOptions { get; }

    private protected int Threads => TrainerOptions.NumberOfThreads ?? -1;

    private protected TrainingRows ReadRows(IDataView data, IChannel channel) =>
        ReadRows(data, channel, "No valid training instances found, all instances have missing features.");

    /// <summary>The best biases and weights, starting from 0 or random weights.</summary>
    private protected float[] Minimize(LinearLoss loss)
    {
        var start = new float[loss.ParameterCount];
        if (TrainerOptions.InitialWeightsDiameter > 0)
            start = Array.ConvertAll(start, _ => TrainerOptions.InitialWeightsDiameter * ((float)Host.Rand.NextDouble() - 0.5f));
        if (TrainerOptions.EnforceNonNegativity)
            start = [.. start[..loss.BiasCount], .. start[loss.BiasCount..].Select(value => Math.Max(0, value))];
        LbfgsOptimizer optimizer = new(loss, TrainerOptions.L1Regularization, TrainerOptions.EnforceNonNegativity, TrainerOptions.HistorySize);
        return optimizer.Minimize(start, TrainerOptions.OptimizationTolerance, TrainerOptions.MaximumNumberOfIterations, Host.CheckAlive);
    }
}
