using EE569.Engine.Schedules;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Experiments.Comparison;

/// <summary>The trainers compared: ML.NET's with their default options, ours with <see cref="OurSettings"/>.</summary>
/// <remarks>One rule for all data, without a choice for each: trained until little changes, as SDCA does.</remarks>
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
        new("SdcaLogisticRegression", IsOurs: false, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.SdcaLogisticRegression(data.Label, data.Features)),
        new("LbfgsLogisticRegression", IsOurs: false, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(data.Label, data.Features)),
        new("AveragedPerceptron", IsOurs: false, IsBinary: true, (ml, data) => Perceptron(ml, data).Append(ml.BinaryClassification.Calibrators.Platt(data.Label))),
    ];

    private static readonly Learner[] Multiclass =
    [
        new("SoftmaxRegression", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxRegression(Linear(new SoftmaxRegressionTrainer.Options(), data))),
        new("SoftmaxMlp", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxMlp(Network(new SoftmaxMlpTrainer.Options(), data))),
        new("SdcaMaximumEntropy", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(data.Label, data.Features)),
        new("LbfgsMaximumEntropy", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(data.Label, data.Features)),
        new("AveragedPerceptron (one versus all)", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.OneVersusAll(Perceptron(ml, data), data.Label)),
    ];

    /// <summary>The trainers for two classes, or for more.</summary>
    public static IReadOnlyList<Learner> For(bool isBinary) => isBinary ? Binary : Multiclass;

    private static Microsoft.ML.Trainers.AveragedPerceptronTrainer Perceptron(MLContext ml, TrainingColumns data) =>
        ml.BinaryClassification.Trainers.AveragedPerceptron(data.Label, data.Features);

    private static T Linear<T>(T options, TrainingColumns data)
        where T : LinearTrainerOptions => UntilLittleChanges(options, data, learningRate: 0.1);

    private static T Network<T>(T options, TrainingColumns data)
        where T : NetworkTrainerOptions => UntilLittleChanges(options, data, learningRate: 0.01);

    private static T UntilLittleChanges<T>(T options, TrainingColumns data, double learningRate)
        where T : TrainerOptions
    {
        double stepsOfAnEpoch = Math.Ceiling((double)data.Rows / options.BatchSize);
        (options.LabelColumnName, options.FeatureColumnName) = (data.Label, data.Features);
        (options.LearningRate, options.LearningRateSchedule) = (learningRate, Schedules.Cosine());
        (options.NumberOfEpochs, options.ConvergenceTolerance) = (Math.Max(LeastEpochs, (int)Math.Ceiling(LeastSteps / stepsOfAnEpoch)), null);
        return options;
    }
}
