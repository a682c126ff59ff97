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
        new("AveragedPerceptron", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.OneVersusAll(Perceptron(ml, data), data.Label)),
        new("FastTree", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.OneVersusAll(FastTree(ml, data), data.Label)),
        new("LightGbm", IsOurs: false, IsBinary: false, (ml, data) => ml.MulticlassClassification.Trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })),
    ];

    /// <summary>For numbers; the label is standardised for all.</summary>
    private static readonly Learner[] Regression =
    [
        new("MlpRegression", IsOurs: true, IsBinary: false, (ml, data) => ml.Regression.Trainers.MlpRegression(Ours<MlpRegressionTrainer.Options>(data))),
        new("Ols", IsOurs: false, IsBinary: false, (ml, data) => new OrdinaryLeastSquares(ml, data.Label, data.Features)),
        new("SdcaRegression", IsOurs: false, IsBinary: false, (ml, data) => ml.Regression.Trainers.Sdca(
            new SdcaRegressionTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("FastTree", IsOurs: false, IsBinary: false, (ml, data) => ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 })),
        new("LightGbm", IsOurs: false, IsBinary: false, (ml, data) => ml.Regression.Trainers.LightGbm(
            new LightGbmRegressionTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })),
    ];

    /// <summary>The names of all learners.</summary>
    public static IEnumerable<string> Names => Binary.Concat(Multiclass).Concat(Regression).Select(learner => learner.Name).Distinct();

    /// <summary>The learners for the table's label.</summary>
    /// <param name="table">The table.</param>
    /// <param name="names">Those wanted, by their names; all when none is named.</param>
    /// <exception cref="UserException">None of those named learns such a label.</exception>
    public static IReadOnlyList<Learner> For(LabeledTable table, IReadOnlyList<string> names)
    {
        Learner[] all = table.IsRegression ? Regression : table.IsBinary ? Binary : Multiclass;
        Learner[] chosen = [.. all.Where(learner => names.Count == 0 || names.Contains(learner.Name))];
        return chosen.Length > 0 ? chosen : throw new UserException(
            $"None of the --trainers named learns the label '{table.Label}' of {table.Name}, {(table.IsRegression ? "a number" : $"{table.Classes.Count} classes")}. These do: {string.Join(", ", all.Select(learner => learner.Name))}.");
    }

    private static AveragedPerceptronTrainer Perceptron(MLContext ml, LearnerInput data) =>
        ml.BinaryClassification.Trainers.AveragedPerceptron(data.Label, data.Features);

    private static FastTreeBinaryTrainer FastTree(MLContext ml, LearnerInput data) => ml.BinaryClassification.Trainers.FastTree(
        new FastTreeBinaryTrainer.Options { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 });

    private static T Ours<T>(LearnerInput data)
        where T : TrainerOptions, new() => new() { LabelColumnName = data.Label, FeatureColumnName = data.Features, NumberOfThreads = 1 };
}
