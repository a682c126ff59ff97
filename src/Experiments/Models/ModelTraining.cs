using EE569.Engine.Training;
using EE569.Experiments.Comparison;
using EE569.Experiments.Data.Csv;
using EE569.Trainers;
using Microsoft.ML;

namespace EE569.Experiments.Models;

/// <summary>Trains a classifier on a table: features, trainer, and the class names back in PredictedLabel.</summary>
internal static class ModelTraining
{
    public static TrainedModel Train(LabeledTable table, TrainingSettings settings, Action<EpochRecord> onEpoch, CancellationToken cancellation)
    {
        var ml = new MLContext(settings.Seed);
        IDataView data = Featurizer.CreateForLabel(ml, table).Fit(table.Frame).Transform(table.Frame);
        var epochs = new List<EpochRecord>();
        void Listen(EpochProgress progress)
        {
            epochs.Add(progress.Record);
            onEpoch(progress.Record);
        }

        IEstimator<ITransformer> trainer;
        try
        {
            trainer = CreateTrainer(ml, settings, Listen, cancellation);
        }
        catch (ArgumentException exception)
        {
            throw new UserException(exception.Message.ReplaceLineEndings(" "), exception);
        }

        var scorer = Featurizer.CreateForFeatures(ml, table).Append(trainer).Fit(data);
        ITransformer names = ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scorer.Transform(data));
        string[] features = [.. table.Numeric, .. table.Categorical];
        DataViewSchema schema = ml.Transforms.SelectColumns(features).Fit(table.Frame).Transform(table.Frame).Schema;
        return new TrainedModel(ml, scorer, scorer.Append(names), schema, epochs);
    }

    private static IEstimator<ITransformer> CreateTrainer(MLContext ml, TrainingSettings settings, Action<EpochProgress> onEpoch, CancellationToken cancellation)
    {
        void Fill(TrainerOptions options)
        {
            (options.LabelColumnName, options.FeatureColumnName) = (Featurizer.KeyLabel, Featurizer.Features);
            (options.NumberOfEpochs, options.BatchSize, options.LearningRate) = (settings.Epochs, settings.BatchSize, settings.LearningRate);
            (options.L2Regularization, options.ValidationFraction, options.Seed) = (settings.L2, settings.ValidationFraction, settings.Seed);
            options.EarlyStopping = settings is { Patience: > 0, ValidationFraction: > 0 } ? new EarlyStopping { Patience = settings.Patience } : null;
            (options.EpochCallback, options.CancellationToken) = (onEpoch, cancellation);
        }

        if (settings.Trainer == TrainingSettings.SoftmaxRegression)
        {
            var linear = new SoftmaxRegressionTrainer.Options();
            Fill(linear);
            return ml.MulticlassClassification.Trainers.SoftmaxRegression(linear);
        }

        var network = new SoftmaxMlpTrainer.Options { HiddenLayers = settings.HiddenLayers, Dropout = settings.Dropout };
        Fill(network);
        return ml.MulticlassClassification.Trainers.SoftmaxMlp(network);
    }
}
