using MathNet.Numerics.Statistics;

namespace EE569.Experiments.Prediction;

/// <summary>The charts of an evaluation of numbers.</summary>
internal static class NumberCharts
{
    private const int MostPoints = 2_000;

    private const int MostBins = 40;

    private static readonly int[] Dashes = [6, 4];

    public static IReadOnlyList<Figure> All(NumberEvaluation evaluation) => [Residuals(evaluation), Histogram(evaluation)];

    private static Figure Residuals(NumberEvaluation evaluation)
    {
        int every = (evaluation.Rows + MostPoints - 1) / MostPoints;
        var table = new Table("residuals", "prediction", "residual");
        for (int row = 0; row < evaluation.Rows; row += every)
        {
            table.Add(evaluation.Predicted[row], evaluation.Residuals[row]);
        }

        var zero = new Table("zero", "residual").Add(0.0);
        return VegaLite.Figure(
            "residuals",
            "Residuals against prediction",
            "A point for each row: label minus prediction over the prediction, with a line at zero.",
            FormattableString.Invariant($"Half of the predictions are within {evaluation.MedianAbsoluteError:G4} of the label; the mean residual is {evaluation.MeanResidual:G4}.{(every > 1 ? $" One row of {every} is drawn." : "")}"),
            new
            {
                width = "container",
                height = 300,
                autosize = new { type = "fit-x", contains = "padding" },
                layer = (object[])
                [
                    new { data = VegaLite.Data(zero), mark = new { type = "rule", strokeDash = Dashes }, encoding = new { y = VegaLite.Quantity("residual") } },
                    new
                    {
                        data = VegaLite.Data(table),
                        mark = new { type = "point", filled = true, size = 24, opacity = 0.5, color = VegaLite.ClassColors[0] },
                        encoding = new { x = VegaLite.Quantity("prediction"), y = VegaLite.Quantity("residual"), tooltip = table.Columns.Select(column => new { field = column.Name }) },
                    },
                ],
            },
            table,
            zero);
    }

    private static Figure Histogram(NumberEvaluation evaluation)
    {
        int count = Math.Clamp((int)Math.Ceiling(Math.Sqrt(evaluation.Rows)), 1, MostBins);
        var histogram = new Histogram(evaluation.Residuals, count);
        var table = new Table("residual-histogram", "from", "to", "rows");
        for (int i = 0; i < histogram.BucketCount; i++)
        {
            table.Add(histogram[i].LowerBound, histogram[i].UpperBound, (int)histogram[i].Count);
        }

        object?[] highest = table.Rows.MaxBy(row => (int)row[2]!)!;
        return VegaLite.Figure(
            "residual-histogram",
            "Histogram of the residuals",
            "Bars: the number of rows for each range of label minus prediction.",
            FormattableString.Invariant($"The fullest bar has {highest[2]} of {evaluation.Rows} rows, with residuals from {highest[0]:G4} to {highest[1]:G4}."),
            new
            {
                width = "container",
                height = 240,
                autosize = new { type = "fit-x", contains = "padding" },
                data = VegaLite.Data(table),
                mark = new { type = "bar", color = VegaLite.ClassColors[0] },
                encoding = new
                {
                    x = VegaLite.Quantity("from", "residual (label minus prediction)"),
                    x2 = new { field = "to" },
                    y = VegaLite.Quantity("rows", zero: true),
                    tooltip = table.Columns.Select(column => new { field = column.Name }),
                },
            },
            table);
    }
}
