using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Microsoft.ML.Transforms;

namespace EE569.Experiments.Training;

/// <summary>Trains a model on a table: features, trainer, and for classes their names back in PredictedLabel.</summary>
internal sealed class ModelTraining
{
    private static readonly LearningRateFinder<float> Finder = new() { Minimum = 1e-6, NumberOfSteps = 200 };

    private const int DefaultSeed = 1;

    private readonly MLContext _ml;
    private readonly List<string> _warnings = [];
    private readonly LabeledTable _table;
    private readonly Action<EpochRecord> _onEpoch;
    private readonly CancellationToken _cancellation;
    private readonly (double Offset, double Scale) _unit;
    private readonly TableFeaturizingTransformer _featurizer;
    private readonly IDataView _data;
    private readonly TrainerChoice _choice;

    private ModelTraining(LabeledTable table, TrainerChoice choice, Action<EpochRecord> onEpoch, CancellationToken cancellation)
    {
        (_ml, _table, _choice, _onEpoch, _cancellation) = (new MLContext(choice.Options.Seed ?? DefaultSeed), table, choice, onEpoch, cancellation);
        _ml.Log += (_, message) =>
        {
            lock (_warnings)
            {
                if (message.Kind == ChannelMessageKind.Warning && !_warnings.Contains(message.RawMessage))
                {
                    _warnings.Add(message.RawMessage);
                }
            }
        };
        if (choice.IsBinary && !table.IsBinary)
        {
            throw new UserException($"{choice.Trainer} tells two classes apart, but label column '{table.Label}' of {table.Name} has {table.Classes.Count}. Choose --trainer {choice.Trainer.Replace("logistic", "softmax", StringComparison.Ordinal)}.");
        }

        IDataView labelled;
        ((_unit.Offset, _unit.Scale), labelled) = choice.IsRegression ? WithNumbers(table, standardised: choice.Options is MlpRegressionTrainer.Options)
            : ((0, 1), choice.IsBinary ? table.WithBooleanLabel() : Featurizer.WithKeyLabel(_ml, table, table.WithTextLabel()));
        _featurizer = Featurizer.Fit(_ml, table, labelled);
        _data = _featurizer.Transform(labelled);
    }

    /// <param name="table">The data.</param>
    /// <param name="choice">Which trainer, and its options.</param>
    /// <param name="findLearningRate">Whether to sweep the learning rate first and train with the rate that it suggests.</param>
    /// <param name="onEpoch">Called after every epoch.</param>
    /// <param name="cancellation">Ends the training; the best model so far is returned.</param>
    /// <exception cref="UserException">The settings do not suit the data, or nothing was learnt.</exception>
    public static TrainedModel Train(LabeledTable table, TrainerChoice choice, bool findLearningRate, Action<EpochRecord> onEpoch, CancellationToken cancellation)
    {
        var training = new ModelTraining(table, choice, onEpoch, cancellation);
        try
        {
            return training.Run(findLearningRate);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or InvalidDataException)
        {
            throw new UserException(exception.Message.ReplaceLineEndings(" "), exception);
        }
    }

    private TrainedModel Run(bool findLearningRate)
    {
        (_choice.Options.LabelColumnName, _choice.Options.FeatureColumnName) = (_table.TrainingLabel, _table.FeatureVector);
        (_choice.Options.EpochCallback, _choice.Options.CancellationToken) = (progress => _onEpoch(progress.Record), _cancellation);
        BinaryClassificationCatalog.BinaryClassificationTrainers twoClasses = _ml.BinaryClassification.Trainers;
        MulticlassClassificationCatalog.MulticlassClassificationTrainers classes = _ml.MulticlassClassification.Trainers;
        switch (_choice.Options)
        {
            case MiniBatchLogisticRegressionTrainer.Options options:
                return Fit(() => twoClasses.MiniBatchLogisticRegression(options), findLearningRate);
            case LogisticMlpTrainer.Options options:
                return Fit(() => twoClasses.LogisticMlp(options), findLearningRate);
            case SoftmaxRegressionTrainer.Options options:
                return Fit(() => classes.SoftmaxRegression(options), findLearningRate);
            case SoftmaxMlpTrainer.Options options:
                return Fit(() => classes.SoftmaxMlp(options), findLearningRate);
            case MlpRegressionTrainer.Options options:
                (options.LabelOffset, options.LabelScale) = _unit;
                return Fit(() => _ml.Regression.Trainers.MlpRegression(options), findLearningRate);
            case TabMMulticlassTrainer.Options options:
                return Fit(() => classes.TabM(options), findLearningRate);
            case TabMRegressionTrainer.Options options:
                return Fit(() => _ml.Regression.Trainers.TabM(options), findLearningRate);
            case RealMlpMulticlassTrainer.Options options:
                return Fit(() => classes.RealMlp(options), findLearningRate);
            case RealMlpRegressionTrainer.Options options:
                return Fit(() => _ml.Regression.Trainers.RealMlp(options), findLearningRate);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private TrainedModel Fit<TTransformer, TModel>(Func<MiniBatchTrainerBase<TTransformer, TModel>> create, bool findLearningRate)
        where TTransformer : class, ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        LearningRateSweep? sweep = findLearningRate ? create().FindLearningRate(_data, Finder) : null;
        if (sweep is not null && double.IsFinite(sweep.Suggestion))
        {
            _choice.Options.LearningRate = sweep.Suggestion;
        }
        else if (sweep is not null)
        {
            _warnings.Add(FormattableString.Invariant($"The sweep found no learning rate, since no loss was finite; {_choice.Options.LearningRate:G3} is used."));
        }

        MiniBatchTrainerBase<TTransformer, TModel> trainer = create();
        TTransformer fitted;
        try
        {
            fitted = trainer.Fit(_data);
        }
        catch (InvalidOperationException exception) when (trainer.LastStopReason == StopReason.Diverged)
        {
            throw NothingLearnt(trainer.LastHistory!.Count, "diverged: the loss or a weight left the finite numbers", exception);
        }

        TransformerChain<ITransformer> scorer = _featurizer.Append<ITransformer>(fitted);
        IEstimator<ITransformer> names = _choice.IsBinary ? ClassNames() : _ml.Transforms.Conversion.MapKeyToValue("PredictedLabel");
        ITransformer pipeline = _choice.IsRegression ? scorer : scorer.Append(names.Fit(fitted.Transform(_data)));
        IEnumerable<string> used = _featurizer.Columns.Where(ColumnReport.IsUsed).Select(column => column.Name);
        DataViewSchema schema = ((IDataView)new DataFrame(used.Select(name => _table.Frame.Columns[name]))).Schema;
        var model = new TrainedModel(_ml, _featurizer, scorer, pipeline, schema, _choice, trainer.LastHistory!, trainer.LastStopReason!.Value, _warnings, sweep);
        CheckLearnt(model);
        return model;
    }

    /// <summary>What two classes are called: their names in PredictedLabel, and in Score the probability of each under its name, as a softmax has it.</summary>
    private EstimatorChain<ValueMappingTransformer> ClassNames()
    {
        // The first column has no name of a class or of the trainer's, and the second class comes before the first may take the place of Probability.
        string first = _table.Classes[0], second = _table.Classes[1], isSecond = _table.Unused($"{first} or {second}");
        return _ml.Transforms.CopyColumns(isSecond, "PredictedLabel")
            .Append(_ml.Transforms.CopyColumns(second, "Probability"))
            .Append(_ml.Transforms.Expression(first, "p => 1 - p", "Probability"))
            .Append(_ml.Transforms.Concatenate("Score", first, second))
            .Append(_ml.Transforms.Conversion.MapValue("PredictedLabel", new Dictionary<bool, string> { [false] = first, [true] = second }, isSecond));
    }

    /// <summary>A training that was stopped in its first epoch, or ended in numbers worse than an answer that ignores the features, leaves no model.</summary>
    private void CheckLearnt(TrainedModel model)
    {
        if (model.Epochs.Count == 0)
        {
            _cancellation.ThrowIfCancellationRequested();
        }

        // An answer that ignores the features: the shares of the classes have an entropy of at most ln k, the standardised label has variance 1.
        double uninformed = _choice.IsRegression ? 1 : Math.Log(_table.Classes.Count);
        if (model.StopReason == StopReason.TimeLimit && model.Epochs.Count == 0)
        {
            throw new UserException($"Nothing was learnt: the time was over before the first epoch. No model is written. Raise --time-limit ({_choice.Options.TimeLimit!.Value.TotalSeconds} s).");
        }

        if (model.Kept.Count == 0 || (model.StopReason == StopReason.Diverged && model.Kept.Average(TrainedModel.LossOf) >= uninformed))
        {
            throw NothingLearnt(model.Epochs.Count, model.StopReason == StopReason.Diverged ? model.Reason : "no loss is finite", null);
        }
    }

    private UserException NothingLearnt(int epochs, string why, Exception? cause) => new(
        FormattableString.Invariant($"Nothing was learnt in {epochs} complete epochs ({why}). No model is written. Lower --learning-rate ({_choice.Options.LearningRate:G3}), or let --find-learning-rate choose it."), cause!);

    /// <summary>The rows with the label as it is, for a trainer that standardises it, or with mean 0 and deviation 1; and the label's unit.</summary>
    private static ((double Offset, double Scale) Unit, IDataView Rows) WithNumbers(LabeledTable table, bool standardised)
    {
        var values = (PrimitiveDataFrameColumn<float>)table.Frame.Columns[table.Label];
        var sample = Sample.Of(values.Select(value => (double)value!));
        (double Offset, double Scale) unit = standardised ? (sample.Mean, sample.Deviation) : (0, 1);
        return double.IsFinite(sample.Deviation)
            ? (unit, table.WithLabel(new SingleDataFrameColumn(table.TrainingLabel, values.Select(value => (float)((value!.Value - unit.Offset) / unit.Scale)))))
            : throw new UserException($"Label column '{table.Label}' of {table.Name} has a value that is not finite, or sums that are not. Remove the row, or use smaller units.");
    }
}
