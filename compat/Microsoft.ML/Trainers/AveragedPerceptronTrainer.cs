using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Trainers;

/// <summary>The averaged perceptron (Freund and Schapire, 1999), with the hinge loss by default.</summary>
public sealed class AveragedPerceptronTrainer : TrainerEstimatorBase<BinaryPredictionTransformer<LinearBinaryModelParameters>, LinearBinaryModelParameters>
{
    private readonly Options _options;

    public sealed class Options : TrainerInputBaseWithLabel
    {
        public int NumberOfIterations = 10;

        /// <summary>Above 0, training starts from random weights between plus and minus half of it.</summary>
        public float InitialWeightsDiameter;

        public bool Shuffle = true;

        public float LearningRate = 1;

        /// <summary>Divides the learning rate by the square root of the number of updates.</summary>
        public bool DecreaseLearningRate;

        public float L2Regularization;

        /// <summary>Whether the model is the average of the weights after every row, or the last weights.</summary>
        public bool Averaged = true;

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
