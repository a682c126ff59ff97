using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using BinaryTrainers = Microsoft.ML.BinaryClassificationCatalog.BinaryClassificationTrainers;
using MulticlassTrainers = Microsoft.ML.MulticlassClassificationCatalog.MulticlassClassificationTrainers;
using RegressionTrainers = Microsoft.ML.RegressionCatalog.RegressionTrainers;

namespace Microsoft.ML;

/// <summary>The trainers as methods of the catalogs: one with the usual arguments, one with all options.</summary>
public static class StandardTrainersCatalog
{
    public static SdcaLogisticRegressionBinaryTrainer SdcaLogisticRegression(
        this BinaryTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, float? l2Regularization = null, float? l1Regularization = null, int? maximumNumberOfIterations = null) =>
        catalog.SdcaLogisticRegression(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new SdcaLogisticRegressionBinaryTrainer.Options
        {
            L2Regularization = l2Regularization,
            L1Regularization = l1Regularization,
            MaximumNumberOfIterations = maximumNumberOfIterations,
        }));

    public static SdcaLogisticRegressionBinaryTrainer SdcaLogisticRegression(this BinaryTrainers catalog, SdcaLogisticRegressionBinaryTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static SdcaNonCalibratedBinaryTrainer SdcaNonCalibrated(
        this BinaryTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, ISupportSdcaClassificationLoss? lossFunction = null,
        float? l2Regularization = null, float? l1Regularization = null, int? maximumNumberOfIterations = null) =>
        catalog.SdcaNonCalibrated(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new SdcaNonCalibratedBinaryTrainer.Options
        {
            LossFunction = lossFunction,
            L2Regularization = l2Regularization,
            L1Regularization = l1Regularization,
            MaximumNumberOfIterations = maximumNumberOfIterations,
        }));

    public static SdcaNonCalibratedBinaryTrainer SdcaNonCalibrated(this BinaryTrainers catalog, SdcaNonCalibratedBinaryTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static SdcaMaximumEntropyMulticlassTrainer SdcaMaximumEntropy(
        this MulticlassTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, float? l2Regularization = null, float? l1Regularization = null, int? maximumNumberOfIterations = null) =>
        catalog.SdcaMaximumEntropy(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new SdcaMaximumEntropyMulticlassTrainer.Options
        {
            L2Regularization = l2Regularization,
            L1Regularization = l1Regularization,
            MaximumNumberOfIterations = maximumNumberOfIterations,
        }));

    public static SdcaMaximumEntropyMulticlassTrainer SdcaMaximumEntropy(this MulticlassTrainers catalog, SdcaMaximumEntropyMulticlassTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static SdcaRegressionTrainer Sdca(
        this RegressionTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, ISupportSdcaRegressionLoss? lossFunction = null,
        float? l2Regularization = null, float? l1Regularization = null, int? maximumNumberOfIterations = null) =>
        catalog.Sdca(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new SdcaRegressionTrainer.Options
        {
            LossFunction = lossFunction,
            L2Regularization = l2Regularization,
            L1Regularization = l1Regularization,
            MaximumNumberOfIterations = maximumNumberOfIterations,
        }));

    public static SdcaRegressionTrainer Sdca(this RegressionTrainers catalog, SdcaRegressionTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(
        this BinaryTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, float l1Regularization = 1, float l2Regularization = 1,
        float optimizationTolerance = 1e-7f, int historySize = 20, bool enforceNonNegativity = false) =>
        catalog.LbfgsLogisticRegression(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            L1Regularization = l1Regularization,
            L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance,
            HistorySize = historySize,
            EnforceNonNegativity = enforceNonNegativity,
        }));

    public static LbfgsLogisticRegressionBinaryTrainer LbfgsLogisticRegression(this BinaryTrainers catalog, LbfgsLogisticRegressionBinaryTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(
        this MulticlassTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        string? exampleWeightColumnName = null, float l1Regularization = 1, float l2Regularization = 1,
        float optimizationTolerance = 1e-7f, int historySize = 20, bool enforceNonNegativity = false) =>
        catalog.LbfgsMaximumEntropy(Reading(labelColumnName, featureColumnName, exampleWeightColumnName, new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            L1Regularization = l1Regularization,
            L2Regularization = l2Regularization,
            OptimizationTolerance = optimizationTolerance,
            HistorySize = historySize,
            EnforceNonNegativity = enforceNonNegativity,
        }));

    public static LbfgsMaximumEntropyMulticlassTrainer LbfgsMaximumEntropy(this MulticlassTrainers catalog, LbfgsMaximumEntropyMulticlassTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static AveragedPerceptronTrainer AveragedPerceptron(
        this BinaryTrainers catalog, string labelColumnName = DefaultColumnNames.Label, string featureColumnName = DefaultColumnNames.Features,
        IClassificationLoss? lossFunction = null, float learningRate = 1, bool decreaseLearningRate = false, float l2Regularization = 0,
        int numberOfIterations = 10) =>
        catalog.AveragedPerceptron(new AveragedPerceptronTrainer.Options
        {
            LabelColumnName = labelColumnName,
            FeatureColumnName = featureColumnName,
            LossFunction = lossFunction,
            LearningRate = learningRate,
            DecreaseLearningRate = decreaseLearningRate,
            L2Regularization = l2Regularization,
            NumberOfIterations = numberOfIterations,
        });

    public static AveragedPerceptronTrainer AveragedPerceptron(this BinaryTrainers catalog, AveragedPerceptronTrainer.Options options) =>
        new(catalog.GetEnvironment(), Given(options));

    public static OneVersusAllTrainer OneVersusAll<TModel>(
        this MulticlassTrainers catalog, ITrainerEstimator<BinaryPredictionTransformer<TModel>, TModel> binaryEstimator,
        string labelColumnName = DefaultColumnNames.Label, bool imputeMissingLabelsAsNegative = false,
        IEstimator<ISingleFeaturePredictionTransformer<ICalibrator>>? calibrator = null, int maximumCalibrationExampleCount = 1_000_000_000,
        bool useProbabilities = true) where TModel : class =>
        new(catalog.GetEnvironment(), Given(binaryEstimator), labelColumnName, imputeMissingLabelsAsNegative,
            calibrator, maximumCalibrationExampleCount, useProbabilities);

    private static TOptions Reading<TOptions>(string label, string features, string? weight, TOptions options) where TOptions : TrainerInputBaseWithWeight
    {
        (options.LabelColumnName, options.FeatureColumnName, options.ExampleWeightColumnName) = (label, features, weight);
        return options;
    }

    private static TOptions Given<TOptions>(TOptions options) where TOptions : class
    {
        ArgumentNullException.ThrowIfNull(options);
        return options;
    }
}
