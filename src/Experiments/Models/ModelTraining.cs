using EE569.Engine.Training;
using EE569.Experiments.Comparison;
using EE569.Experiments.Data.Csv;
using EE569.Experiments.Statistics;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Models;

/// <summary>Trains a model on a table: features, trainer, and for classes their names back in PredictedLabel.</summary>
internal static class ModelTraining
{
    private const string StandardisedLabel = "Label standardised";

    /// <param name="table">The data.</param>
    /// <param name="settings">Which trainer, and its options.</param>
    /// <param name="findLearningRate">Whether to sweep the learning rate first and train with the rate that it suggests.</param>
    /// <param name="onEpoch">Called after every epoch.</param>
    /// <param name="cancellation">Ends the training; the best model so far is returned.</param>
    public static TrainedModel Train(LabeledTable table, TrainingSettings settings, bool findLearningRate, Action<EpochRecord> onEpoch, CancellationToken cancellation)
    {
        var ml = new MLContext(settings.Seed);
        (string label, (double Offset, double Scale) unit) = settings.IsRegression ? (StandardisedLabel, Standardise(table)) : (Featurizer.KeyLabel, (0, 1));
        IDataView labelled = settings.IsRegression ? table.Frame : Featurizer.CreateForLabel(ml, table).Fit(table.Frame).Transform(table.Frame);
        ITransformer featurizer = Featurizer.CreateForFeatures(ml, table).Fit(labelled);
        IDataView data = featurizer.Transform(labelled);

        var epochs = new List<EpochRecord>();
        void Listen(EpochProgress progress)
        {
            epochs.Add(progress.Record);
            onEpoch(progress.Record);
        }

        Trainer Create() => Trainer.Create(ml, settings, label, unit, Listen, cancellation);
        LearningRateSweep? sweep = findLearningRate ? Create().FindLearningRate(data) : null;
        if (sweep is not null)
        {
            settings = settings with { LearningRate = double.IsFinite(sweep.Suggestion) ? sweep.Suggestion : settings.LearningRate };
        }

        TransformerChain<ITransformer> scorer = featurizer.Append(Create().Fit(data));
        if (epochs.Count == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        ITransformer pipeline = settings.IsRegression ? scorer : scorer.Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scorer.Transform(data)));
        string[] features = [.. table.Numeric, .. table.Categorical];
        DataViewSchema schema = ml.Transforms.SelectColumns(features).Fit(table.Frame).Transform(table.Frame).Schema;
        return new TrainedModel(ml, scorer, pipeline, schema, settings, epochs, sweep);
    }

    /// <summary>Adds the label with mean 0 and deviation 1; returns its mean and deviation before.</summary>
    private static (double Offset, double Scale) Standardise(LabeledTable table)
    {
        var values = (PrimitiveDataFrameColumn<float>)table.Frame.Columns[table.Label];
        var sample = Sample.Of(values.Select(value => (double)value!));
        if (!double.IsFinite(sample.Deviation))
        {
            throw new UserException($"Label column '{table.Label}' of {table.Name} has a value that is not finite, or sums that are not. Remove the row, or use smaller units.");
        }

        table.Frame.Columns.Add(new SingleDataFrameColumn(StandardisedLabel, values.Select(value => (float)((value!.Value - sample.Mean) / sample.Deviation))));
        return (sample.Mean, sample.Deviation);
    }
}
