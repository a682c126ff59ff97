using System.Diagnostics;
using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Experiments.Comparison;

/// <summary>
/// Stratified k-fold cross-validation, repeated where rows are few. All learners get the same folds, so that their answers can be compared row by row;
/// what prepares the features is fitted on each fold's training rows alone, and outside the time that is measured.
/// </summary>
internal static class CrossValidation
{
    private const string LogLossName = "log-loss (nats)";
    private const int MostRepetitions = 10;

    /// <summary>Predictions of a learner on a data set from which its accuracy is told: with 100 rows, one row more or less is a whole percent.</summary>
    public const int WantedPredictions = 2_000;

    /// <summary>How often the whole is repeated on other folds, until there are that many predictions: up to ten times.</summary>
    public static int Repetitions(LabeledTable table, int predictions = WantedPredictions) => (int)Math.Clamp((predictions + table.Rows - 1) / table.Rows, 1, MostRepetitions);

    /// <param name="table">The data.</param>
    /// <param name="learner">Who learns.</param>
    /// <param name="folds">The folds of one repetition.</param>
    /// <param name="seed">Governs the folds and the learner.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="predictions">See <see cref="Repetitions"/>.</param>
    /// <param name="onFold">Called after each fold.</param>
    /// <exception cref="UserException">A class has fewer rows than there are folds.</exception>
    public static LearnerScores Run(
        LabeledTable table, Learner learner, int folds, int seed, CancellationToken cancellation, int predictions = WantedPredictions, Action? onFold = null)
    {
        CheckRows(table, folds);
        var ml = new MLContext(seed);
        var warnings = WarningLog.Of(ml);
        var metrics = new Dictionary<string, List<double>>();
        List<double> trainSeconds = [], predictSeconds = [];
        List<bool> right = [];
        int[][] confusion = [.. table.Classes.Select(_ => new int[table.Classes.Count])];
        foreach (Fold fold in Enumerable.Range(0, Repetitions(table, predictions)).SelectMany(repetition => Folds(ml, table, folds, seed + repetition)))
        {
            cancellation.ThrowIfCancellationRequested();
            var columns = new LearnerInput(table.TrainingLabel, table.FeatureVector);
            var clock = Stopwatch.StartNew();
            ITransformer model = learner.Create(ml, columns).Fit(fold.Train);
            trainSeconds.Add(clock.Elapsed.TotalSeconds);

            clock.Restart();
            IDataView scored = model.Transform(fold.Test);
            int[] predicted = table.IsRegression ? [.. scored.GetColumn<float>("Score").Select(score => 0)] : ClassesIn(scored, "PredictedLabel", learner.IsBinary);
            predictSeconds.Add(clock.Elapsed.TotalSeconds);

            if (trainSeconds.Count <= folds && !table.IsRegression)
            {
                int[] actual = ClassesIn(fold.Test, table.TrainingLabel, learner.IsBinary);
                for (int i = 0; i < actual.Length; i++)
                {
                    right.Add(actual[i] == predicted[i]);
                    confusion[actual[i]][Math.Max(0, predicted[i])]++;
                }
            }

            foreach ((string name, double value) in MetricsOf(ml, table, learner, scored, fold.LabelScale))
            {
                (metrics.TryGetValue(name, out List<double>? values) ? values : metrics[name] = []).Add(value);
            }

            onFold?.Invoke();
        }

        foreach ((string name, List<double> values) in metrics)
        {
            int undefined = values.RemoveAll(value => !double.IsFinite(value));
            if (undefined > 0)
            {
                warnings.Add($"The {name} is not defined on {undefined} folds, which have no part in its mean.");
            }
        }

        return new LearnerScores(
            learner.Name, learner.IsOurs, folds, metrics.ToDictionary(item => item.Key, item => item.Value.ToArray()), [.. trainSeconds], [.. predictSeconds], [.. right], confusion)
        { Warnings = warnings.Messages };
    }

    private static void CheckRows(LabeledTable table, int folds)
    {
        if (table.IsRegression && table.Rows < 2 * folds)
        {
            throw new UserException($"{table.Name} has {table.Rows} rows, fewer than two for each fold: name fewer --folds, or a table with more rows.");
        }

        if (!table.IsRegression && table.Labels.CountBy(label => label).MinBy(count => count.Value) is var (rarest, count) && count < folds)
        {
            throw new UserException($"Class '{rarest}' of {table.Name} has {count} rows, fewer than there are folds: name {(count < 2 ? "another label, since two rows are the least" : $"--folds {count}")}, or leave these rows out.");
        }
    }

    private static (string Name, double Value)[] MetricsOf(MLContext ml, LabeledTable table, Learner learner, IDataView scored, double labelScale) =>
        table.IsRegression ? NumberMetrics(ml, scored, table.TrainingLabel, labelScale)
        : learner.IsBinary ? BinaryMetrics(ml, scored, table.TrainingLabel) : MulticlassMetrics(ml, scored, table.TrainingLabel);

    /// <summary>The folds, featurised and held in memory.</summary>
    private static IEnumerable<Fold> Folds(MLContext ml, LabeledTable table, int folds, int seed)
    {
        float[] labels = table.IsRegression ? [.. ((PrimitiveDataFrameColumn<float>)table.Frame.Columns[table.Label]).Select(value => value!.Value)] : [];
        int[] numbers = table.IsRegression ? FoldNumbers(labels, folds, (ulong)seed) : FoldNumbers([.. table.Labels], folds, (ulong)seed);
        DataFrame? rows = table.IsRegression ? null : table.IsBinary ? table.WithBooleanLabel() : table.WithTextLabel();
        for (int number = 0; number < folds; number++)
        {
            // Numbers are learnt as deviations from the mean of the training rows, in their standard deviation; errors are told in the label's own unit.
            var sample = table.IsRegression ? Sample.Of(labels.Where((_, row) => numbers[row] != number).Select(value => (double)value)) : new Sample(1, 0, 1);
            double scale = sample.Deviation > 0 ? sample.Deviation : 1;
            DataFrame all = rows ?? table.WithLabel(new SingleDataFrameColumn(table.TrainingLabel, labels.Select(value => (float)((value - sample.Mean) / scale))));
            IDataView Labelled(Func<int, bool> isIn)
            {
                DataFrame part = all[Enumerable.Range(0, numbers.Length).Where(row => isIn(numbers[row]))];
                return table.IsBinary || table.IsRegression ? part : Featurizer.WithKeyLabel(ml, table, part);
            }

            IDataView train = Labelled(other => other != number), test = Labelled(other => other == number);
            TableFeaturizingTransformer features = Featurizer.Fit(ml, table, train);
            yield return new Fold(InMemory(ml, features.Transform(train), table), InMemory(ml, features.Transform(test), table), scale);
        }
    }

    /// <summary>The fold of each row: every class is dealt out to all folds, in random order.</summary>
    private static int[] FoldNumbers(string[] labels, int folds, ulong seed)
    {
        int[] numbers = new int[labels.Length], rows = [.. Enumerable.Range(0, labels.Length)];
        new SplitMix64(seed).Shuffle(rows.AsSpan());
        foreach ((int row, int place) in rows.OrderBy(row => labels[row], StringComparer.Ordinal).Select((row, place) => (row, place)))
        {
            numbers[row] = place % folds;
        }

        return numbers;
    }

    /// <summary>The fold of each row: rows of about the same label are dealt out to all folds, in random order.</summary>
    private static int[] FoldNumbers(float[] labels, int folds, ulong seed)
    {
        int[] numbers = new int[labels.Length], rows = [.. Enumerable.Range(0, labels.Length)], order = [.. Enumerable.Range(0, folds)];
        var random = new SplitMix64(seed);
        random.Shuffle(rows.AsSpan());
        foreach (int[] alike in rows.OrderBy(row => labels[row]).Chunk(folds))
        {
            random.Shuffle(order.AsSpan());
            for (int i = 0; i < alike.Length; i++)
            {
                numbers[alike[i]] = order[i];
            }
        }

        return numbers;
    }

    private static IDataView InMemory(MLContext ml, IDataView data, LabeledTable table)
    {
        string[] columns = [table.FeatureVector, table.TrainingLabel];
        IDataView cached = ml.Data.Cache(data, columns);

        // Reading once fills the cache, so that the first learner does not pay for it.
        using DataViewRowCursor cursor = cached.GetRowCursor(columns.Select(name => cached.Schema[name]));
        while (cursor.MoveNext())
        {
        }

        return cached;
    }

    /// <summary>Class indices from a Boolean or a key column; -1 for a missing key.</summary>
    private static int[] ClassesIn(IDataView data, string column, bool isBinary) => isBinary
        ? [.. data.GetColumn<bool>(column).Select(value => value ? 1 : 0)]
        : [.. data.GetColumn<uint>(column).Select(key => (int)key - 1)];

    private static (string Name, double Value)[] BinaryMetrics(MLContext ml, IDataView scored, string label)
    {
        CalibratedBinaryClassificationMetrics metrics = ml.BinaryClassification.Evaluate(scored, label);
        IEnumerable<double> probabilities = scored.GetColumn<bool>(label).Zip(scored.GetColumn<float>("Probability"), (actual, positive) => actual ? positive : 1.0 - positive);
        return
        [
            ("accuracy", metrics.Accuracy), ("AUC", metrics.AreaUnderRocCurve), ("AUPRC", metrics.AreaUnderPrecisionRecallCurve),
            ("F1", metrics.F1Score), (LogLossName, LogLoss.Of(probabilities)),
        ];
    }

    private static (string Name, double Value)[] MulticlassMetrics(MLContext ml, IDataView scored, string label)
    {
        MulticlassClassificationMetrics metrics = ml.MulticlassClassification.Evaluate(scored, label);
        IEnumerable<double> probabilities = scored.GetColumn<uint>(label).Zip(scored.GetColumn<float[]>("Score"), (actual, scores) => (double)scores[actual - 1]);
        return [("accuracy", metrics.MicroAccuracy), ("macro accuracy", metrics.MacroAccuracy), (LogLossName, LogLoss.Of(probabilities))];
    }

    private static (string Name, double Value)[] NumberMetrics(MLContext ml, IDataView scored, string label, double scale)
    {
        RegressionMetrics metrics = ml.Regression.Evaluate(scored, label);
        return [("R2", metrics.RSquared), (DataSetComparison.RootMeanSquaredError, metrics.RootMeanSquaredError * scale), ("MAE", metrics.MeanAbsoluteError * scale)];
    }

    /// <param name="Train">The rows to learn from.</param>
    /// <param name="Test">The rows to predict.</param>
    /// <param name="LabelScale">What 1 in the label column is in the label's own unit.</param>
    private readonly record struct Fold(IDataView Train, IDataView Test, double LabelScale);
}
