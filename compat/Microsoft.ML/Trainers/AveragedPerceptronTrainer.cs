using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>The averaged perceptron (Freund and Schapire, 1999), with the hinge loss by default.</summary>
public sealed class AveragedPerceptronTrainer : TrainerEstimatorBase<BinaryPredictionTransformer<LinearBinaryModelParameters>, LinearBinaryModelParameters>
{
    private readonly Options _options;

    public sealed class Options : AveragedLinearOptions
    {
        public Options()
        {
            LearningRate = 1;
            NumberOfIterations = 10;
        }

        /// <summary>Null stands for <see cref="HingeLoss"/>.</summary>
        public IClassificationLoss? LossFunction { get; set; }
    }

    internal AveragedPerceptronTrainer(IHostEnvironment env, Options options) : base(env, LearningTask.Binary, options)
    {
        Require(options.LearningRate > 0, nameof(options.LearningRate), "must be positive");
        Require(options.NumberOfIterations > 0, nameof(options.NumberOfIterations), "must be positive");
        Require(options.L2Regularization is >= 0 and < 0.5f, nameof(options.L2Regularization), "must be in range [0, 0.5)");
        Require(options.InitialWeightsDiameter >= 0, nameof(options.InitialWeightsDiameter), "must be non-negative");
        _options = options;
    }

    private protected override BinaryPredictionTransformer<LinearBinaryModelParameters> Train(IDataView data, IChannel channel)
    {
        TrainingRows rows = ReadRows(data, channel, "No valid training instances found, all instances have missing features.");
        (float[] weights, float bias) = new AveragedPerceptron(rows, _options, Host.Rand).Train(Host.CheckAlive);
        return new(Host, new(Host, new(weights.Length, weights), bias), data.Schema, FeatureColumn.Name, LabelColumn.Name);
    }
}
