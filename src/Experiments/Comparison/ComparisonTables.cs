namespace EE569.Experiments.Comparison;

/// <summary>The tables of a comparison.</summary>
internal static class ComparisonTables
{
    /// <summary>Every metric of every learner: mean and standard error over the folds, and the times.</summary>
    public static Table Metrics(DataSetComparison comparison)
    {
        string[] metrics = [.. comparison.Scores[0].Metrics.Keys];
        List<Column> columns = ["learner"];
        foreach (string metric in metrics)
        {
            string format = metric.StartsWith("log-loss", StringComparison.Ordinal) || metric == "R2" ? "F4" : comparison.IsRegression ? "G4" : "P2";
            columns.AddRange([new(metric, format), new($"± {metric}", format)]);
        }

        columns.AddRange([new("train ms", "F1"), new("predict ms", "F2")]);
        var table = new Table($"metrics-{comparison.Name}", columns) { Title = $"{comparison.Name}: {comparison.Rows} rows, {(comparison.IsRegression ? "numbers" : $"{comparison.Classes.Count} classes")}; mean and standard error (±) over {comparison.Scores[0].Repetitions} x {comparison.Scores[0].Folds} folds" };
        foreach (LearnerScores scores in comparison.Scores)
        {
            CrossValidatedMean[] samples = [.. metrics.Select(scores.MeanOf)];
            table.Add([scores.Learner, .. samples.SelectMany(sample => new object?[] { sample.Mean, sample.StandardError }), scores.TrainSeconds.Average() * 1e3, scores.PredictSeconds.Average() * 1e3]);
        }

        return table;
    }

    /// <summary>McNemar's test of ours against the built-in learners, on the rows of all folds of the first repetition.</summary>
    public static Table McNemar(IEnumerable<DataSetComparison> comparisons)
    {
        var table = new Table("mcnemar", "data", "ours", "built-in", "only ours right", "only built-in right", new("p (exact)", "F3"), "verdict") { Title = "McNemar's test of our learners against the built-in ones" };
        foreach (DataSetComparison comparison in comparisons.Where(comparison => !comparison.IsRegression))
        {
            foreach ((LearnerScores ours, LearnerScores other) in from ours in comparison.Ours from other in comparison.BuiltIn select (ours, other))
            {
                var test = McNemarTest.From(ours.Right, other.Right);
                string verdict = test.ExactP >= 0.05 ? "no difference" : test.FirstOnlyRight > test.SecondOnlyRight ? "ours is better" : "built-in is better";
                table.Add(comparison.Name, ours.Learner, other.Learner, test.FirstOnlyRight, test.SecondOnlyRight, test.ExactP, verdict);
            }
        }

        return table;
    }

    /// <summary>The corrected resampled t-test of ours against the built-in learners, on the RMSE of all folds of all repetitions.</summary>
    public static Table RmseDifferences(IEnumerable<DataSetComparison> comparisons)
    {
        var table = new Table("rmse-differences", "data", "ours", "built-in", new("RMSE less built-in's", "G4"), new("± difference", "G3"), new("p", "F3"), "verdict")
        {
            Title = "Corrected resampled t-test of our learners against the built-in ones",
        };
        foreach (DataSetComparison comparison in comparisons.Where(comparison => comparison.IsRegression))
        {
            foreach ((LearnerScores ours, LearnerScores other) in from ours in comparison.Ours from other in comparison.BuiltIn select (ours, other))
            {
                double[] first = ours.Metrics[DataSetComparison.RootMeanSquaredError], second = other.Metrics[DataSetComparison.RootMeanSquaredError];
                if (first.Length != second.Length)
                {
                    // A learner without a finite error on some fold is not compared fold by fold; its warning says so.
                    table.Add(comparison.Name, ours.Learner, other.Learner, null, null, null, "not defined on all folds");
                    continue;
                }

                var difference = CrossValidatedMean.Of([.. first.Zip(second, (x, y) => x - y)], ours.Folds);
                double p = difference.TwoSidedP(first.Length);
                string verdict = p >= 0.05 ? "no difference" : difference.Mean < 0 ? "ours is better" : "built-in is better";
                table.Add(comparison.Name, ours.Learner, other.Learner, difference.Mean, difference.StandardError, p, verdict);
            }
        }

        return table;
    }

    /// <summary>Accuracy of every learner on every data set with one standard error to both sides, for the chart.</summary>
    public static Table Accuracies(IEnumerable<DataSetComparison> comparisons)
    {
        var table = new Table("accuracy", "data", "learner", new("accuracy", "P2"), new("low", "P2"), new("high", "P2"));
        foreach (DataSetComparison comparison in comparisons)
        {
            foreach (LearnerScores scores in comparison.Scores)
            {
                CrossValidatedMean sample = DataSetComparison.AccuracyOf(scores);
                table.Add(comparison.Name, scores.Learner, sample.Mean, sample.Mean - sample.StandardError, sample.Mean + sample.StandardError);
            }
        }

        return table;
    }

    /// <summary>Training time of every learner on every data set, for the chart.</summary>
    public static Table Times(IEnumerable<DataSetComparison> comparisons)
    {
        var table = new Table("times", "data", "learner", new("train ms", "F1"), new("low", "F1"), new("high", "F1"), new("predict ms", "F2"));
        foreach (DataSetComparison comparison in comparisons)
        {
            foreach (LearnerScores scores in comparison.Scores)
            {
                table.Add(comparison.Name, scores.Learner, scores.TrainSeconds.Average() * 1e3, scores.TrainSeconds.Min() * 1e3, scores.TrainSeconds.Max() * 1e3, scores.PredictSeconds.Average() * 1e3);
            }
        }

        return table;
    }

    /// <summary>The confusion matrices of all learners on a data set, over the folds of the first repetition.</summary>
    public static Table Confusion(DataSetComparison comparison)
    {
        Table table = ConfusionChart.CreateTable($"confusion-{comparison.Name}");
        foreach (LearnerScores scores in comparison.Scores)
        {
            ConfusionChart.AddMatrix(table, scores.Learner, comparison.Classes, scores.Confusion);
        }

        return table;
    }

    /// <summary>A learner's confusion matrix as readers know it: a row for each actual class.</summary>
    public static Table ConfusionMatrix(DataSetComparison comparison, LearnerScores scores)
    {
        var table = new Table($"confusion-{comparison.Name}-{scores.Learner}", ["actual", .. comparison.Classes.Select(name => new Column(name)), new("recall", "P1")]) { Title = $"{scores.Learner} on {comparison.Name}: rows are actual, columns predicted classes" };
        for (int actual = 0; actual < comparison.Classes.Count; actual++)
        {
            int[] counts = scores.Confusion[actual];
            table.Add([comparison.Classes[actual], .. counts.Select(count => (object?)count), (double)counts[actual] / Math.Max(1, counts.Sum())]);
        }

        return table;
    }
}
