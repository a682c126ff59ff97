using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace EE569.Experiments.Comparison;

/// <summary>The trainers compared: ours and ML.NET's with their default options, as <c>train</c> and a pipeline have them, each on one thread.</summary>
/// <remarks>On one thread SDCA and LightGBM give the same answers in every run (LightGBM is also told to be deterministic), and times are those of the same means.</remarks>
internal static class Learners
{
    private static readonly Learner[] Binary =
    [
        new("MiniBatchLogisticRegression", IsOurs: true, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(Ours<MiniBatchLogisticRegressionTrainer.Options>(data))),
        new("LogisticMlp", IsOurs: true, IsBinary: true, (ml, data) => ml.BinaryClassification.Trainers.LogisticMlp(Ours<LogisticMlpTrainer.Options>(data))),
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
        new("SoftmaxRegression", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxRegression(Ours<SoftmaxRegressionTrainer.Options>(data))),
        new("SoftmaxMlp", IsOurs: true, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.SoftmaxMlp(Ours<SoftmaxMlpTrainer.Options>(data))),
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

    private static AveragedPerceptronTrainer Perceptron(MLContext ml, LearnerInput data) =>
        ml.BinaryClassification.Trainers.AveragedPerceptron(data.Label, data.Features);

    private static FastTreeBinaryTrainer FastTree(MLContext ml, LearnerInput data) => ml.BinaryClassification.Trainers.FastTree(
        new FastTreeBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 });

    private static T Ours<T>(LearnerInput data)
        where T : TrainerOptions, new() => new() { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 };
}
