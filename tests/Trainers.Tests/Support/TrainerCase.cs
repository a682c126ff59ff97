using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Trainers.Tests.Support;

/// <summary>The five trainers by name, each with data of its task, for tests of what they share.</summary>
internal static class TrainerCase
{
    public const string Logistic = "MiniBatchLogisticRegression";
    public const string Softmax = "SoftmaxRegression";
    public const string LogisticMlp = "LogisticMlp";
    public const string SoftmaxMlp = "SoftmaxMlp";
    public const string Regression = "MlpRegression";

    public static IEnumerable<object[]> All => [[Logistic], [Softmax], [LogisticMlp], [SoftmaxMlp], [Regression]];

    public static IEnumerable<object[]> Networks => [[LogisticMlp], [SoftmaxMlp], [Regression]];

    /// <summary>ML.NET's own trainer of the same task.</summary>
    public static IEstimator<ITransformer> BuiltIn(MLContext ml, string trainer, string label = "Label", string features = "Features", string? weight = null) => trainer switch
    {
        Logistic or LogisticMlp => ml.BinaryClassification.Trainers.LbfgsLogisticRegression(label, features, weight),
        Softmax or SoftmaxMlp => ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(label, features, weight),
        _ => ml.Regression.Trainers.Sdca(label, features, weight, maximumNumberOfIterations: 1),
    };

    public static IDataView Data(MLContext ml, string trainer) => trainer switch
    {
        Logistic or LogisticMlp => ml.Data.LoadFromEnumerable(TestData.Gaussians()),
        Softmax or SoftmaxMlp => TestData.IrisView(ml),
        _ => ml.Data.LoadFromEnumerable(TestData.Waves()),
    };

    /// <summary>A trainer with few epochs, small layers, and what the test changes.</summary>
    public static ITrainer Create(MLContext ml, string trainer, Action<TrainerOptions>? change = null) => trainer switch
    {
        Logistic => Wrap(ml.BinaryClassification.Trainers.MiniBatchLogisticRegression(Options(new MiniBatchLogisticRegressionTrainer.Options(), change))),
        Softmax => Wrap(ml.MulticlassClassification.Trainers.SoftmaxRegression(Options(new SoftmaxRegressionTrainer.Options(), change))),
        LogisticMlp => Wrap(ml.BinaryClassification.Trainers.LogisticMlp(Options(new LogisticMlpTrainer.Options(), change))),
        SoftmaxMlp => Wrap(ml.MulticlassClassification.Trainers.SoftmaxMlp(Options(new SoftmaxMlpTrainer.Options(), change))),
        _ => Wrap(ml.Regression.Trainers.MlpRegression(Options(new MlpRegressionTrainer.Options(), change))),
    };

    /// <summary>All scores of a scored view, row after row.</summary>
    public static float[] Scores(IDataView scored) =>
        scored.Schema["Score"].Type is VectorDataViewType ? [.. scored.GetColumn<float[]>("Score").SelectMany(row => row)] : [.. scored.GetColumn<float>("Score")];

    private static TOptions Options<TOptions>(TOptions options, Action<TrainerOptions>? change)
        where TOptions : TrainerOptions
    {
        options.NumberOfEpochs = 10;
        options.LearningRate = 0.01;
        options.LearningRateSchedule = Engine.Schedules.Schedules.Constant; // so that a training cut short is the beginning of a longer one
        options.NumberOfThreads = 1;
        if (options is NetworkTrainerOptions network)
        {
            network.HiddenLayers = [8];
        }

        change?.Invoke(options);
        return options;
    }

    public static ITrainer Wrap<TTransformer, TModel>(MiniBatchTrainerBase<TTransformer, TModel> trainer)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class => new Wrapped<TTransformer, TModel>(trainer);

    private sealed class Wrapped<TTransformer, TModel>(MiniBatchTrainerBase<TTransformer, TModel> trainer) : ITrainer
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        public IEstimator<ITransformer> Estimator => trainer;

        public Microsoft.ML.TrainerInfo Info => trainer.Info;

        public Engine.Training.History? LastHistory => trainer.LastHistory;

        public Engine.Training.StopReason? LastStopReason => trainer.LastStopReason;

        public ITransformer Fit(IDataView train, IDataView? validation, ITransformer? previous) =>
            trainer.Fit(train, validation, ((TTransformer?)previous)?.Model);

        public Engine.Training.LearningRateSweep FindLearningRate(IDataView train, Engine.Training.LearningRateFinder<float> finder) => trainer.FindLearningRate(train, finder);

        public Func<IDataView, ITransformer> StartPartialFit()
        {
            var partial = trainer.StartPartialFit();
            return partial.PartialFit;
        }
    }
}
