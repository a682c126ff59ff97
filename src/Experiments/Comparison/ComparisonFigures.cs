namespace EE569.Experiments.Comparison;

/// <summary>The figures of a comparison.</summary>
internal static class ComparisonFigures
{
    public static IEnumerable<Figure> All(IReadOnlyList<DataSetComparison> comparisons) =>
        [Accuracy(comparisons), Times(comparisons), .. comparisons.Select(Confusion)];

    private static Figure Accuracy(IReadOnlyList<DataSetComparison> comparisons)
    {
        Table table = ComparisonTables.Accuracies(comparisons);
        int atLeast = comparisons.Count(comparison => comparison.AreAllOfOursAtLeastSdca);
        return VegaLite.Figure(
            "accuracy",
            "Accuracy with standard errors",
            "A panel for each data set; in it a point for each learner with its standard error as a bar.",
            $"On {atLeast} of {comparisons.Count} data sets both of our learners are within one standard error of SDCA or above it.",
            new IntervalChart(table, "data", "learner", "accuracy", "low", "high").Grid(),
            table);
    }

    private static Figure Times(IReadOnlyList<DataSetComparison> comparisons)
    {
        Table table = ComparisonTables.Times(comparisons);
        int faster = comparisons.Count(comparison => comparison.OurLinear.TrainSeconds.Average() < comparison.Sdca.TrainSeconds.Average());
        return VegaLite.Figure(
            "times",
            "Training time",
            "A panel for each data set; in it a point for each learner at its mean training time, with a bar from the least to the greatest over the folds, on a logarithmic axis.",
            $"Our linear learner trains faster than SDCA on {faster} of {comparisons.Count} data sets.",
            new IntervalChart(table, "data", "learner", "train ms", "low", "high") { Title = "milliseconds to train", Format = "~g", Log = true }.Grid(),
            table);
    }

    private static Figure Confusion(DataSetComparison comparison)
    {
        Table table = ComparisonTables.Confusion(comparison);
        LearnerScores best = comparison.Scores.MaxBy(scores => DataSetComparison.AccuracyOf(scores).Mean)!;
        (int actual, int predicted, int count) = MostConfused(best.Confusion);
        string finding = count == 0
            ? $"{best.Learner} makes no mistake."
            : $"{best.Learner} does best; its commonest mistake is {comparison.Classes[actual]} taken for {comparison.Classes[predicted]}, {count} of {best.Confusion[actual].Sum()}.";
        return VegaLite.Figure(
            $"confusion-{comparison.Name}",
            $"Confusion matrices on {comparison.Name}",
            $"A heat map for each learner, {comparison.Classes.Count} by {comparison.Classes.Count}, with counts; the colour is the share of the actual class.",
            finding,
            new ConfusionChart(table) { Columns = 2 }.Grid(comparison.Classes.Count),
            table);
    }

    private static (int Actual, int Predicted, int Count) MostConfused(int[][] confusion)
    {
        (int, int, int Count) most = default;
        for (int actual = 0; actual < confusion.Length; actual++)
        {
            for (int predicted = 0; predicted < confusion.Length; predicted++)
            {
                if (actual != predicted && confusion[actual][predicted] > most.Count)
                {
                    most = (actual, predicted, confusion[actual][predicted]);
                }
            }
        }

        return most;
    }
}
