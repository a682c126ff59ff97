using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace EE569.Experiments.Comparison;

/// <summary>The trainers compared: ML.NET's with their default options, ours with <see cref="OurSettings"/>, each on one thread.</summary>
/// <remarks>
/// One rule for all data, without a choice for each: trained until little changes, as SDCA does. On one thread SDCA and LightGBM give the same answers in every run
/// (LightGBM is also told to be deterministic), and times are those of the same means.
/// </remarks>
internal static class Learners
{
    /// <summary>What ours are given in place of their defaults, in words.</summary>
    public const string OurSettings = "20 epochs or 5,000 steps, whichever is more, and a learning rate that falls from 0.1 (linear) or 0.01 (networks) to 0 on a cosine";

    private const int LeastEpochs = 20;
    private const int LeastSteps = 5_000;

    private static readonly Learner[] Binary =
    [
        new("MiniBatchLogisticRegression", IsOurs: true, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(Linear(new MiniBatchLogisticRegressionTrainer.Options(), data))),
        new("LogisticMlp", IsOurs: true, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.LogisticMlp(Network(new LogisticMlpTrainer.Options(), data))),
        new("SdcaLogisticRegression", IsOurs: false, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(
            new SdcaLogisticRegressionBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("LbfgsLogisticRegression", IsOurs: false, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(
            new LbfgsLogisticRegressionBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("AveragedPerceptron", IsOurs: false, IsBinary: true, (ml, data) => Perceptron(ml, data).Append(ml.BinaryClassification.Calibrators.Platt(data.Label))),
        new("FastTree", IsOurs: false, IsBinary: true, FastTree),
        new("LightGbm", IsOurs: false, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.LightGbm(
            new LightGbmBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })),
    ];

    private static readonly Learner[] Multiclass =
    [
        new("SoftmaxRegression", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxRegression(Linear(new SoftmaxRegressionTrainer.Options(), data))),
        new("SoftmaxMlp", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxMlp(Network(new SoftmaxMlpTrainer.Options(), data))),
        new("SdcaMaximumEntropy", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(
            new SdcaMaximumEntropyMulticlassTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("LbfgsMaximumEntropy", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(
            new LbfgsMaximumEntropyMulticlassTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("AveragedPerceptron (one versus all)", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.OneVersusAll(Perceptron(ml, data), data.Label)),
        new("FastTree (one versus all)", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.OneVersusAll(FastTree(ml, data), data.Label)),
        new("LightGbm", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })),
    ];

    /// <summary>The trainers for two classes, or for more.</summary>
    public static IReadOnlyList<Learner> For(bool isBinary) => isBinary ? Binary : Multiclass;

    private static AveragedPerceptronTrainer Perceptron(MLContext ml, TrainingColumns data) =>
        ml.BinaryClassification.Trainers.AveragedPerceptron(data.Label, data.Features);

    private static FastTreeBinaryTrainer FastTree(MLContext ml, TrainingColumns data) => ml.BinaryClassification.Trainers.FastTree(
        new FastTreeBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 });

    private static T Linear<T>(T options, TrainingColumns data)
        where T : LinearTrainerOptions => UntilLittleChanges(options, data, learningRate: 0.1);

    private static T Network<T>(T options, TrainingColumns data)
        where T : NetworkTrainerOptions => UntilLittleChanges(options, data, learningRate: 0.01);

    private static T UntilLittleChanges<T>(T options, TrainingColumns data, double learningRate)
        where T : TrainerOptions
    {
        double stepsOfAnEpoch = Math.Ceiling((double)data.Rows / options.BatchSize);
        (options.LabelColumnName, options.FeatureColumnName, options.NumberOfThreads) = (data.Label, data.Features, 1);
        (options.LearningRate, options.LearningRateSchedule) = (learningRate, Schedules.Cosine());
        (options.NumberOfEpochs, options.ConvergenceTolerance) = (Math.Max(LeastEpochs, (int)Math.Ceiling(LeastSteps / stepsOfAnEpoch)), null);
        return options;
    }
}
