namespace EE569.Experiments.Studies;

/// <summary>The figures of <see cref="MlpGridStudy"/>.</summary>
internal static class MlpGridFigures
{
    public static IEnumerable<Figure> All(Table table, IReadOnlyList<MlpGridStudy.Cell> cells, Examples test, int epochs) =>
        [Accuracy(table, cells), Curves(cells, epochs), Boundaries(cells, test), Seconds(cells)];

    private static Figure Accuracy(Table table, IReadOnlyList<MlpGridStudy.Cell> cells)
    {
        MlpGridStudy.Cell best = cells.MaxBy(cell => cell.TestAccuracy)!;
        int working = cells.Count(cell => cell.TestAccuracy > 0.9);
        return VegaLite.Figure(
            "accuracy",
            "Test accuracy and training loss over the grid",
            "Two heat maps over batch size and learning rate; a diagonal band works, from small batches with small rates to large with large.",
            FormattableString.Invariant($"{working} of {cells.Count} pairs reach more than 90 % on the test points; the best is batch {best.Batch} at {best.Rate} with {best.TestAccuracy:P1}."),
            new
            {
                hconcat = new[]
                {
                    new HeatMap(table, "learning rate", "batch", "test accuracy") { Format = ".1%", Domain = [0.5, 1], DarkWhen = "datum['test accuracy'] > 0.8" }.Panel(330, 230, "Test accuracy"),
                    new HeatMap(table, "learning rate", "batch", "train loss") { Format = ".3f", Domain = [0.7, 0], DarkWhen = "datum['train loss'] < 0.28" }.Panel(330, 230, "Training loss"),
                },
                resolve = new { scale = new { color = "independent" } },
            },
            table);
    }

    private static Figure Curves(IReadOnlyList<MlpGridStudy.Cell> cells, int epochs)
    {
        var curves = new Table("curves", "batch", "learning rate", "epoch", "series", "loss");
        foreach (MlpGridStudy.Cell cell in cells)
        {
            Fit fit = cell.Runs[0].Fit;

            // Every third epoch is enough to see a curve of this size.
            for (int epoch = 0; epoch < fit.TrainLosses.Length; epoch += 3)
            {
                curves.Add(cell.Batch, cell.Rate, epoch + 1, "train", fit.TrainLosses[epoch]);
                curves.Add(cell.Batch, cell.Rate, epoch + 1, "test", fit.TestLosses[epoch]);
            }
        }

        int still = cells.Count(cell => cell.TrainLoss > 0.6);
        return VegaLite.Figure(
            "curves",
            "Loss curves of all cells",
            "Thirty small panels, rows are batch sizes and columns learning rates, each with the training and the test loss over the epochs.",
            $"After {epochs} epochs {still} of {cells.Count} cells still have a training loss above 0.6: too small steps for a large batch, or steps too large for a small one.",
            new
            {
                data = VegaLite.Data(curves),
                facet = new { row = new { field = "batch", type = "ordinal" }, column = new { field = "learning rate", type = "ordinal" } },
                spacing = 8,
                spec = new
                {
                    width = 130,
                    height = 80,
                    mark = new { type = "line", clip = true, strokeWidth = 1.5 },
                    encoding = new
                    {
                        x = VegaLite.Quantity("epoch"),
                        y = VegaLite.Quantity("loss", domain: [0, 1.2]),
                        color = VegaLite.Series("series", ["train", "test"], ""),
                    },
                },
            },
            curves);
    }

    private static Figure Boundaries(IReadOnlyList<MlpGridStudy.Cell> cells, Examples test)
    {
        Table points = test.ToPoints("points");
        var chart = new FieldChart(points, test.Classes, [.. cells.Select(cell => new FieldPanel(cell.Batch, cell.Rate, cell.Runs[0].Field))])
        {
            RowTitle = "batch",
            ColumnTitle = "learning rate",
            PanelSize = 120,
        };
        int enclosed = cells.Count(cell => cell.Runs[0].Field.Encloses());
        return VegaLite.Figure(
            "boundaries",
            "Decision boundaries of all cells",
            "Thirty panels with the two rings of test points over the predicted class; in the working band the inner ring is enclosed.",
            $"In {enclosed} of {cells.Count} panels the inner class is enclosed: the centre belongs to it and nothing of the edge does.",
            chart.Grid(),
            [points, chart.Values()],
            [chart.Pictures()]);
    }

    private static Figure Seconds(IReadOnlyList<MlpGridStudy.Cell> cells)
    {
        (int Batch, double Seconds)[] means = [.. cells.GroupBy(cell => cell.Batch).Select(group => (group.Key, group.Average(cell => cell.Seconds)))];
        double[] source = [8.95, 1.25, 0.34, 0.21, 0.15];
        var times = new Table("seconds", "who", "batch", new("seconds", "G3"));
        foreach (((int batch, double seconds), double pytorch) in means.Zip(source))
        {
            times.Add("here", batch, seconds);
            times.Add("PyTorch in the source", batch, pytorch);
        }

        return VegaLite.Figure(
            "seconds",
            "Seconds for 150 epochs over the batch size",
            "Two lines falling over two logarithmic axes; this run's lies far below the source's.",
            FormattableString.Invariant($"A run takes {means[0].Seconds:G2} s at batch 1, where the source's took {source[0]} s, and {means[^1].Seconds:G2} s at batch 200 against {source[^1]} s (another machine)."),
            new LineChart(times, "batch", "seconds") { LogX = true, LogY = true, Points = true, Color = VegaLite.Series("who", ["here", "PyTorch in the source"], "") }.Full(height: 240),
            times);
    }
}
