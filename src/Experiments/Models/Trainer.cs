using EE569.Engine.Training;
using EE569.Experiments.Comparison;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Experiments.Models;

/// <summary>One of the trainers, as the settings ask for it.</summary>
/// <param name="Fit">Trains on featurised data.</param>
/// <param name="FindLearningRate">Sweeps the learning rate on featurised data.</param>
internal sealed record Trainer(Func<IDataView, ITransformer> Fit, Func<IDataView, LearningRateSweep> FindLearningRate)
{
    private static readonly LearningRateFinder<float> Finder = new() { Minimum = 1e-6, NumberOfSteps = 200 };

    /// <param name="ml">The environment to train in.</param>
    /// <param name="settings">Which trainer, and its options.</param>
    /// <param name="label">The label column: a key, or a standardised number.</param>
    /// <param name="unit">Offset and scale of a standardised number.</param>
    /// <param name="onEpoch">Called after every epoch.</param>
    /// <param name="cancellation">Ends the training; the best model so far is kept.</param>
    public static Trainer Create(
        MLContext ml, TrainingSettings settings, string label, (double Offset, double Scale) unit, Action<EpochProgress> onEpoch, CancellationToken cancellation)
    {
        T Filled<T>(T options)
            where T : TrainerOptions
        {
            (options.LabelColumnName, options.FeatureColumnName) = (label, Featurizer.Features);
            (options.NumberOfEpochs, options.BatchSize, options.LearningRate) = (settings.Epochs, settings.BatchSize, settings.LearningRate);
            (options.Optimizer, options.LearningRateSchedule) = (TrainingChoices.Optimizers[settings.Optimizer], TrainingChoices.LearningRateSchedules[settings.Schedule]);
            (options.L2Regularization, options.ValidationFraction, options.Seed) = (settings.L2, settings.ValidationFraction, settings.Seed);
            options.EarlyStopping = settings is { Patience: > 0, ValidationFraction: > 0 } ? new EarlyStopping { Patience = settings.Patience } : null;
            options.ConvergenceTolerance = settings.Patience > 0 ? options.ConvergenceTolerance : null;
            (options.EpochCallback, options.CancellationToken) = (onEpoch, cancellation);
            return options;
        }

        T Network<T>(T options)
            where T : NetworkTrainerOptions
        {
            (options.HiddenLayers, options.Dropout, options.Activation) = (settings.HiddenLayers, settings.Dropout, TrainingChoices.Activations[settings.Activation]);
            return Filled(options);
        }

        ClassWeighting weights = settings.BalanceClasses ? ClassWeighting.Balanced : ClassWeighting.None;
        try
        {
            return settings.Trainer switch
            {
                TrainingSettings.SoftmaxRegression => Of(ml.MulticlassClassification.Trainers.SoftmaxRegression(Filled(new SoftmaxRegressionTrainer.Options { ClassWeights = weights }))),
                TrainingSettings.MlpRegression => Of(ml.Regression.Trainers.MlpRegression(Network(new MlpRegressionTrainer.Options { LabelOffset = unit.Offset, LabelScale = unit.Scale }))),
                _ => Of(ml.MulticlassClassification.Trainers.SoftmaxMlp(Network(new SoftmaxMlpTrainer.Options { ClassWeights = weights }))),
            };
        }
        catch (ArgumentException exception)
        {
            throw new UserException(exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private static Trainer Of<TTransformer, TModel>(MiniBatchTrainerBase<TTransformer, TModel> trainer)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class => new(trainer.Fit, data => trainer.FindLearningRate(data, Finder));
}
