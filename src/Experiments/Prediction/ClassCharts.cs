namespace EE569.Experiments.Prediction;

/// <summary>The charts of an evaluation of classes.</summary>
internal static class ClassCharts
{
    private const int MostClassesAcross = 20;

    private static readonly object ByThreshold = new { field = "threshold", type = "quantitative", sort = "descending" };

    private static readonly int[] Dashes = [6, 4];

    private static readonly double[] Unit = [0, 1];

    public static IReadOnlyList<Figure> All(ClassEvaluation evaluation) =>
    [
        .. evaluation.Classes.Count <= MostClassesAcross ? new[] { Confusion(evaluation) } : [],
        .. Curves(evaluation),
        Calibration(evaluation),
    ];

    private static Figure Confusion(ClassEvaluation evaluation)
    {
        Table table = ConfusionChart.CreateTable("confusion");
        ConfusionChart.AddMatrix(table, "model", evaluation.Classes, evaluation.Confusion);
        return VegaLite.Figure(
            "confusion",
            "Confusion matrix",
            $"A heat map of {evaluation.Classes.Count} by {evaluation.Classes.Count} cells with counts; the colour is the share of the actual class.",
            $"{evaluation.Right} of {evaluation.Rows} rows are predicted rightly.",
            new ConfusionChart(table).Single(evaluation.Classes.Count),
            table);
    }

    /// <summary>The ROC and the precision-recall curve: of the second of two classes, or of the classes with the most rows, as many as there are colours.</summary>
    private static IEnumerable<Figure> Curves(ClassEvaluation evaluation)
    {
        ClassFigures[] drawn = [.. (evaluation.IsBinary ? evaluation.PerClass.Skip(1) : evaluation.PerClass).Where(one => one.Curve.Auc is not null)
            .OrderByDescending(one => one.Rows).Take(VegaLite.ClassColors.Count)];
        if (drawn.Length == 0)
        {
            yield break;
        }

        var table = new Table("curves", "class", "threshold", "false positive rate", "recall", "precision");
        foreach (ClassFigures one in drawn)
        {
            foreach (RankingPoint point in one.Curve.Points)
            {
                table.Add(one.Name, double.IsFinite(point.Threshold) ? point.Threshold : 1.0, point.FalsePositiveRate, point.Recall, point.Precision);
            }
        }

        object color = VegaLite.Series("class", [.. drawn.Select(one => one.Name)], "");
        string which = evaluation.IsBinary ? $"of {drawn[0].Name}" : drawn.Length < evaluation.Classes.Count ? $"of {drawn.Length} classes of {evaluation.Classes.Count}" : "of each class against the others";
        (ClassFigures best, ClassFigures worst) = (drawn.MaxBy(one => one.Curve.Auc)!, drawn.MinBy(one => one.Curve.Auc)!);
        yield return VegaLite.Figure(
            "roc",
            $"ROC curve {which}",
            "Recall over the false positive rate as the threshold falls, a line for each class; the nearer to the upper left corner, the better.",
            FormattableString.Invariant($"The AUC is {worst.Curve.Auc:F4} for {worst.Name}{(best == worst ? "" : FormattableString.Invariant($", the lowest, and {best.Curve.Auc:F4} for {best.Name}, the highest"))}."),
            new LineChart(table, "false positive rate", "recall") { Color = color, Order = ByThreshold, YDomain = Unit }.Full(),
            table);
        (best, worst) = (drawn.MaxBy(one => one.Curve.AveragePrecision)!, drawn.MinBy(one => one.Curve.AveragePrecision)!);
        yield return VegaLite.Figure(
            "precision-recall",
            $"Precision-recall curve {which}",
            "Precision over recall as the threshold falls, a line for each class; the nearer to the upper right corner, the better.",
            FormattableString.Invariant($"The average precision is {worst.Curve.AveragePrecision:F4} for {worst.Name}{(best == worst ? "" : FormattableString.Invariant($", the lowest, and {best.Curve.AveragePrecision:F4} for {best.Name}, the highest"))}; a guess has the class's share of the rows."),
            new LineChart(table, "recall", "precision") { Color = color, Order = ByThreshold, YDomain = Unit }.Full(),
            table);
    }

    private static Figure Calibration(ClassEvaluation evaluation)
    {
        var table = new Table("calibration", "predicted", "observed", "low", "high", "rows");
        foreach (CalibrationBin bin in evaluation.Calibration.Bins)
        {
            table.Add(bin.Predicted, bin.Observed, bin.Interval.Low, bin.Interval.High, bin.Rows);
        }

        var diagonal = new Table("diagonal", "predicted", "observed").Add(0, 0).Add(1, 1);
        string of = evaluation.IsBinary ? evaluation.Classes[1] : "the predicted class";
        object x = VegaLite.Quantity("predicted", $"predicted probability of {of}", domain: Unit);
        object Y(string field) => VegaLite.Quantity(field, "share that came true", domain: Unit);
        return VegaLite.Figure(
            "calibration",
            "Calibration",
            $"For ten bins of the predicted probability of {of} the share of rows that came true as a point, with its 95 % interval; on the diagonal both are the same.",
            FormattableString.Invariant($"The share that came true is {evaluation.Calibration.ExpectedError:P1} away from the predicted probability on average (expected calibration error)."),
            new
            {
                width = "container",
                height = 300,
                autosize = new { type = "fit-x", contains = "padding" },
                layer = (object[])
                [
                    new { data = VegaLite.Data(diagonal), mark = new { type = "line", strokeDash = Dashes, strokeWidth = 1, color = VegaLite.ClassColors[^1] }, encoding = new { x, y = Y("observed") } },
                    new { data = VegaLite.Data(table), mark = new { type = "rule", strokeWidth = 2, color = VegaLite.ClassColors[0] }, encoding = new { x, y = Y("low"), y2 = new { field = "high" } } },
                    new
                    {
                        data = VegaLite.Data(table),
                        mark = new { type = "point", filled = true, size = 60, color = VegaLite.ClassColors[0] },
                        encoding = new { x, y = Y("observed"), tooltip = table.Columns.Select(column => new { field = column.Name }) },
                    },
                ],
            },
            table,
            diagonal);
    }
}
