using EE569.Engine.Training;
using EE569.Trainers;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace EE569.Benchmarks.Quality;

/// <summary>What is compared: every learner with its own defaults, on one thread.</summary>
internal static class Learners
{
    /// <summary>What the others are held against.</summary>
    public const string Reference = "LightGBM, tuned";

    public static Learner[] All { get; } =
    [
        Network("EE569 network", Preparation.Raw),
        new("EE569 TabM", Preparation.Raw,
            r => r.Context.BinaryClassification.Trainers.TabM(Ours(r, new TabMBinaryTrainer.Options())).Fit(r.Train, r.Validation!),
            r => r.Context.MulticlassClassification.Trainers.TabM(Ours(r, new TabMMulticlassTrainer.Options())).Fit(r.Train, r.Validation!),
            r => r.Context.Regression.Trainers.TabM(Ours(r, new TabMRegressionTrainer.Options())).Fit(r.Train, r.Validation!)) { NeedsValidation = true },
        new("EE569 RealMLP", Preparation.Raw,
            r => r.Context.BinaryClassification.Trainers.RealMlp(Ours(r, new RealMlpBinaryTrainer.Options())).Fit(r.Train, r.Validation!),
            r => r.Context.MulticlassClassification.Trainers.RealMlp(Ours(r, new RealMlpMulticlassTrainer.Options())).Fit(r.Train, r.Validation!),
            r => r.Context.Regression.Trainers.RealMlp(Ours(r, new RealMlpRegressionTrainer.Options())).Fit(r.Train, r.Validation!)) { NeedsValidation = true },
        new("EE569 linear", Preparation.Robust,
            r => Fit(r, r.Context.BinaryClassification.Trainers.MiniBatchLogisticRegression(Ours(r, new MiniBatchLogisticRegressionTrainer.Options()))),
            r => Fit(r, r.Context.MulticlassClassification.Trainers.SoftmaxRegression(Ours(r, new SoftmaxRegressionTrainer.Options()))), null),
        new("L-BFGS", Preparation.Robust,
            r => Fit(r, r.Context.BinaryClassification.Trainers.LbfgsLogisticRegression(OneThread(r, new LbfgsLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }))),
            r => Fit(r, r.Context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(OneThread(r, new LbfgsMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }))), null),
        new("SDCA", Preparation.Robust,
            r => Fit(r, r.Context.BinaryClassification.Trainers.SdcaLogisticRegression(OneThread(r, new SdcaLogisticRegressionBinaryTrainer.Options { NumberOfThreads = 1 }))),
            r => Fit(r, r.Context.MulticlassClassification.Trainers.SdcaMaximumEntropy(OneThread(r, new SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1 }))),
            r => Fit(r, r.Context.Regression.Trainers.Sdca(OneThread(r, new SdcaRegressionTrainer.Options { NumberOfThreads = 1 })))),
        new("OLS", Preparation.Robust, null, null, LeastSquares.Fit),
        new("FastTree", Preparation.Raw,
            r => Fit(r, FastTree(r)),
            r => Fit(r, r.Context.MulticlassClassification.Trainers.OneVersusAll(FastTree(r), r.Label)),
            r => Fit(r, r.Context.Regression.Trainers.FastTree(OneThread(r, new FastTreeRegressionTrainer.Options { NumberOfThreads = 1 })))),
        LightGbm("LightGBM", isTuned: false),
        LightGbm(Reference, isTuned: true) with { NeedsValidation = true },
        LightGbm("LightGBM, tuned, category splits", isTuned: true, categorySplits: true) with { NeedsValidation = true, IsTrial = true },
        Trial("not centred", Preparation.ScaleOnly) with { StandardizesLabel = false },
        Trial("label", Preparation.Standard),
        Trial("label, robust", Preparation.Robust),
        Trial("label, clipped", Preparation.RobustClip),
        Trial("label, stops on 15 %", Preparation.Standard, Stops(0.15, patience: 10)),
        Trial("label, clipped, stops on 15 %", Preparation.RobustClip, Stops(0.15, patience: 10)),
        Trial("label, clipped, stops on 10 %", Preparation.RobustClip, Stops(0.1, patience: 20)),
        Trial("label, clipped, stops on 10 % of 300 epochs", Preparation.RobustClip, Stops(0.1, patience: 20, epochs: 300)),
        Trial("label, clipped, stops on 10 % of 300 epochs, 256 units", Preparation.RobustClip, Stops(0.1, patience: 20, epochs: 300) + (options => options.HiddenLayers = [256])),
    ];

    // Trials are of the network without what they led to: its own preparation and early stopping, and the larger layer.
    private static Learner Trial(string name, Preparation preparation, Action<NetworkTrainerOptions>? change = null) =>
        Network("network: " + name, preparation, Bare + change) with { IsTrial = true, StandardizesLabel = true };

    private static void Bare(NetworkTrainerOptions options) =>
        (options.PrepareData, options.EarlyStopping, options.NumberOfEpochs, options.HiddenLayers) = (false, null, 100, [100]);

    private static Action<NetworkTrainerOptions> Stops(double share, int patience, int epochs = 100) => options =>
        (options.ValidationFraction, options.EarlyStopping, options.ConvergenceTolerance, options.NumberOfEpochs) = (share, new EarlyStopping { Patience = patience }, null, epochs);

    private static Learner Network(string name, Preparation preparation, Action<NetworkTrainerOptions>? change = null)
    {
        T Options<T>(FitRequest request, T options)
            where T : NetworkTrainerOptions
        {
            change?.Invoke(options);
            return Ours(request, options);
        }

        return new(name, preparation,
            r => Fit(r, r.Context.BinaryClassification.Trainers.LogisticMlp(Options(r, new LogisticMlpTrainer.Options()))),
            r => Fit(r, r.Context.MulticlassClassification.Trainers.SoftmaxMlp(Options(r, new SoftmaxMlpTrainer.Options()))),
            r => Fit(r, r.Context.Regression.Trainers.MlpRegression(Options(r, new MlpRegressionTrainer.Options()))));
    }

    /// <summary>
    /// LightGBM with ML.NET's defaults, or with the tuned defaults of the RealMLP paper (LGBM_TD_CLASS, LGBM_TD_REG): 1,000 trees, the number chosen on the validation rows.
    /// </summary>
    private static Learner LightGbm(string name, bool isTuned, bool? categorySplits = null) => new(name, Preparation.Raw,
        r => r.Context.BinaryClassification.Trainers.LightGbm(OneThread(r, isTuned
            ? new LightGbmBinaryTrainer.Options
            {
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
                UseCategoricalSplit = categorySplits,
                NumberOfIterations = 1_000,
                EarlyStoppingRound = 300,
                LearningRate = 0.04,
                NumberOfLeaves = 50,
                MinimumExampleCountPerLeaf = 40,
                Booster = Rows(0.75),
                EvaluationMetric = LightGbmBinaryTrainer.Options.EvaluateMetricType.Logloss,
            }
            : new LightGbmBinaryTrainer.Options { NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })).Fit(r.Train, r.Validation),
        r => r.Context.MulticlassClassification.Trainers.LightGbm(OneThread(r, isTuned
            ? new LightGbmMulticlassTrainer.Options
            {
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
                UseCategoricalSplit = categorySplits,
                NumberOfIterations = 1_000,
                EarlyStoppingRound = 300,
                LearningRate = 0.04,
                NumberOfLeaves = 50,
                MinimumExampleCountPerLeaf = 40,
                Booster = Rows(0.75),
                EvaluationMetric = LightGbmMulticlassTrainer.Options.EvaluateMetricType.LogLoss,
            }
            : new LightGbmMulticlassTrainer.Options { NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })).Fit(r.Train, r.Validation),
        r => r.Context.Regression.Trainers.LightGbm(OneThread(r, isTuned
            ? new LightGbmRegressionTrainer.Options
            {
                NumberOfThreads = 1,
                Deterministic = true,
                ForceColumnWise = true,
                UseCategoricalSplit = categorySplits,
                NumberOfIterations = 1_000,
                EarlyStoppingRound = 300,
                LearningRate = 0.05,
                NumberOfLeaves = 100,
                MinimumExampleCountPerLeaf = 3,
                Booster = Rows(0.7),
            }
            : new LightGbmRegressionTrainer.Options { NumberOfThreads = 1, Deterministic = true, ForceColumnWise = true })).Fit(r.Train, r.Validation));

    private static GradientBooster.Options Rows(double share) => new() { SubsampleFraction = share, SubsampleFrequency = 1, MinimumChildWeight = 1e-7, L2Regularization = 0 };

    private static FastTreeBinaryTrainer FastTree(FitRequest request) =>
        request.Context.BinaryClassification.Trainers.FastTree(OneThread(request, new FastTreeBinaryTrainer.Options { NumberOfThreads = 1 }));

    private static T Ours<T>(FitRequest request, T options)
        where T : TrainerOptions
    {
        (options.LabelColumnName, options.NumberOfThreads) = (request.Label, 1);
        return options;
    }

    private static T OneThread<T>(FitRequest request, T options)
        where T : TrainerInputBaseWithLabel
    {
        options.LabelColumnName = request.Label;
        return options;
    }

    private static ITransformer Fit<T>(FitRequest request, IEstimator<T> estimator)
        where T : class, ITransformer => estimator.Fit(request.Train);
}
