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

    /// <remarks>The whole is repeated on other folds, up to ten times, until there are <paramref name="predictions"/>.</remarks>
    public static LearnerScores Run(LabeledTable table, Learner learner, int folds, int seed, CancellationToken cancellation, int predictions = WantedPredictions)
    {
        if (table.Labels.CountBy(label => label).MinBy(count => count.Value) is var (rarest, count) && count < folds)
        {
            throw new UserException($"Class '{rarest}' of {table.Name} has {count} rows, fewer than there are folds: name {(count < 2 ? "another label, since two rows are the least" : $"--folds {count}")}, or leave these rows out.");
        }

        var ml = new MLContext(seed);
        var metrics = new Dictionary<string, List<double>>();
        List<double> trainSeconds = [], predictSeconds = [];
        List<bool> right = [];
        int[][] confusion = [.. table.Classes.Select(_ => new int[table.Classes.Count])];
        foreach (Fold fold in Enumerable.Range(0, (int)Math.Clamp((predictions + table.Rows - 1) / table.Rows, 1, MostRepetitions)).SelectMany(repetition => Folds(ml, table, folds, seed + repetition)))
        {
            cancellation.ThrowIfCancellationRequested();
            var columns = new LearnerInput(table.TrainingLabel, table.FeatureVector);
            var clock = Stopwatch.StartNew();
            ITransformer model = learner.Create(ml, columns).Fit(fold.Train);
            trainSeconds.Add(clock.Elapsed.TotalSeconds);

            clock.Restart();
            IDataView scored = model.Transform(fold.Test);
            int[] predicted = ClassesIn(scored, "PredictedLabel", learner.IsBinary);
            predictSeconds.Add(clock.Elapsed.TotalSeconds);

            if (trainSeconds.Count <= folds)
            {
                int[] actual = ClassesIn(fold.Test, table.TrainingLabel, learner.IsBinary);
                for (int i = 0; i < actual.Length; i++)
                {
                    right.Add(actual[i] == predicted[i]);
                    confusion[actual[i]][Math.Max(0, predicted[i])]++;
                }
            }

            foreach ((string name, double value) in learner.IsBinary ? BinaryMetrics(ml, scored, table.TrainingLabel) : MulticlassMetrics(ml, scored, table.TrainingLabel))
            {
                if (!metrics.TryGetValue(name, out List<double>? values))
                {
                    metrics[name] = values = [];
                }

                values.Add(value);
            }
        }

        return new LearnerScores(learner.Name, learner.IsOurs, folds, metrics.ToDictionary(item => item.Key, item => item.Value.ToArray()), [.. trainSeconds], [.. predictSeconds], [.. right], confusion);
    }

    /// <summary>The folds, featurised and held in memory.</summary>
    private static IEnumerable<Fold> Folds(MLContext ml, LabeledTable table, int folds, int seed)
    {
        IEstimator<ITransformer> featurizer = Featurizer.CreateForFeatures(ml, table);
        DataFrame rows = table.IsBinary ? table.WithBooleanLabel() : table.WithTextLabel();
        int[] numbers = FoldNumbers([.. table.Labels], folds, (ulong)seed);
        IDataView Labelled(Func<int, bool> isIn)
        {
            DataFrame part = rows[Enumerable.Range(0, numbers.Length).Where(row => isIn(numbers[row]))];
            return table.IsBinary ? part : Featurizer.WithKeyLabel(ml, table, part);
        }

        for (int number = 0; number < folds; number++)
        {
            IDataView train = Labelled(other => other != number), test = Labelled(other => other == number);
            ITransformer features = featurizer.Fit(train);
            yield return new Fold(InMemory(ml, features.Transform(train), table), InMemory(ml, features.Transform(test), table));
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

    private readonly record struct Fold(IDataView Train, IDataView Test);
}
