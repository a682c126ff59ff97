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
    private readonly int[] _setAside;
    private readonly Action<EpochProgress> _onEpoch;
    private readonly CancellationToken _cancellation;
    private readonly TableFeaturizingTransformer _featurizer;
    private readonly IDataView _data;
    private readonly IDataView? _validation;
    private readonly TrainerChoice _choice;

    private ModelTraining(LabeledTable table, TrainerChoice choice, Action<EpochProgress> onEpoch, CancellationToken cancellation)
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

        _setAside = SetAside();
        LabeledTable train = _setAside.Length == 0 ? table : table.Select(Enumerable.Range(0, (int)table.Rows).Except(_setAside));
        RequireFinite(train);
        IDataView labelled = Labelled(train);
        _featurizer = Featurizer.Fit(_ml, table, labelled);
        _data = _featurizer.Transform(labelled);
        _validation = _setAside.Length == 0 ? null : _featurizer.Transform(Labelled(table.Select(_setAside)));
    }

    /// <param name="table">The data.</param>
    /// <param name="choice">Which trainer, and its options.</param>
    /// <param name="findLearningRate">Whether to sweep the learning rate first and train with the rate that it suggests.</param>
    /// <param name="onEpoch">Called after every epoch.</param>
    /// <param name="cancellation">Ends the training; the best model so far is returned.</param>
    /// <exception cref="UserException">The settings do not suit the data, or nothing was learnt.</exception>
    public static TrainedModel Train(LabeledTable table, TrainerChoice choice, bool findLearningRate, Action<EpochProgress> onEpoch, CancellationToken cancellation)
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
        (_choice.Options.EpochCallback, _choice.Options.CancellationToken) = (_onEpoch, _cancellation);
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
            fitted = trainer.Fit(_data, _validation!);
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
        var model = new TrainedModel(_ml, _featurizer, scorer, pipeline, schema, trainer.LastHistory!, new TrainingCourse(_choice, trainer.LastHistory!, trainer.LastStopReason, _warnings, sweep)) { SetAside = _setAside };
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
        if (model.Ending == StopReason.TimeLimit && model.Epochs.Count == 0)
        {
            throw new UserException($"Nothing was learnt: the time was over before the first epoch. No model is written. Raise --time-limit ({_choice.Options.TimeLimit!.Value.TotalSeconds} s).");
        }

        if (model.Kept.Count == 0 || (model.Ending == StopReason.Diverged && model.Kept.Average(TrainingCourse.LossOf) >= uninformed))
        {
            throw NothingLearnt(model.Epochs.Count, model.Ending == StopReason.Diverged ? model.Reason : "no loss is finite", null);
        }
    }

    private UserException NothingLearnt(int epochs, string why, Exception? cause) => new(
        FormattableString.Invariant($"Nothing was learnt in {epochs} complete epochs ({why}). No model is written. Lower --learning-rate ({_choice.Options.LearningRate:G3}), or let --find-learning-rate choose it."), cause!);

    /// <summary>The rows that are not learnt from, in order: the same share of every class. What prepares the features does not see them either.</summary>
    private int[] SetAside()
    {
        double fraction = _choice.Options.ValidationShare;
        if (fraction is not (> 0 and < 1) || _choice.Options is EnsembleTrainerOptions { NumberOfFolds: > 1 })
        {
            return [];
        }

        var indices = _table.Classes.Select((name, i) => (name, i)).ToDictionary(item => item.name, item => item.i);
        int[] classes = _table.IsRegression ? new int[_table.Rows] : [.. _table.Labels.Select(name => indices[name])];
        var counts = new long[Math.Max(1, _table.Classes.Count)];
        Array.ForEach(classes, label => counts[label]++);
        var split = ValidationSplit.OfFraction(counts, fraction, (ulong)(_choice.Options.Seed ?? DefaultSeed));
        Predicate<int> isSetAside = split.StartPass();
        if (_choice.Options.ValidationFraction is null && !split.IsWorthwhile)
        {
            return []; // which the trainer finds, and tells
        }

        return split is { ValidationRows: > 0, TrainRows: > 0 } ? [.. Enumerable.Range(0, classes.Length).Where(row => isSetAside(classes[row]))]
            : throw new UserException(FormattableString.Invariant($"{_table.Rows} rows are too few to set {fraction:P0} of them aside: change --validation-fraction."));
    }

    /// <summary>The rows with the label that the trainer learns from.</summary>
    private IDataView Labelled(LabeledTable rows) => _choice.IsBinary ? rows.WithBooleanLabel() : !_choice.IsRegression ? Featurizer.WithKeyLabel(_ml, rows, rows.WithTextLabel())
        : rows.WithLabel(new SingleDataFrameColumn(rows.TrainingLabel, (PrimitiveDataFrameColumn<float>)rows.Frame.Columns[rows.Label]));

    /// <summary>Every trainer of numbers standardises them: mean and deviation must be.</summary>
    private void RequireFinite(LabeledTable rows)
    {
        if (_choice.IsRegression && !double.IsFinite(Sample.Of(((PrimitiveDataFrameColumn<float>)rows.Frame.Columns[rows.Label]).Select(value => (double)value!)).Deviation))
        {
            throw new UserException($"Label column '{rows.Label}' of {rows.Name} has a value that is not finite, or sums that are not. Remove the row, or use smaller units.");
        }
    }
}
