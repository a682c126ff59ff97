namespace EE569.Experiments.Studies;

/// <summary>The effect of the batch size on the path of the loss and on the boundary.</summary>
internal sealed class BatchSizeAStudy : IStudy
{
    private const int Epochs = 50, TrainPerClass = 1024, TestPerClass = 5000;

    private static readonly int[] Batches = [1, 4, 8, 16, 64, 128, 256, 512, 1024];

    /// <summary>The best border errs on 1 - Phi(1.22) = 11 % of the points, as the source's accuracies suggest.</summary>
    private static readonly GaussianClouds Clouds = new(new(-1, -0.7, 1, 1), new(1, 0.7, 1, 1));

    private static readonly string[] Classes = ["0", "1"];

    public string Id => "batch-size-a";

    public string Title => "Batch size: path of the loss, boundary, confusion";

    public string Question => "Logistic regression is trained with batches from 1 to 1024 at the same learning rate 0.03. What changes, and does the accuracy?";

    public StudyResult Run(StudyContext context)
    {
        int seed = context.Options.Seed;
        IReadOnlyList<Trained> runs = context.RunCells(Batches, batch => $"batch-{batch}", batch => Train(batch, seed, context.Cancellation));
        double[] accuracies = [.. runs.Select(run => run.Fit.Test!.Value.Accuracy)];
        var table = new Table("results", "batch", new("train loss", "F4"), new("test loss", "F4"), new("test accuracy", "P2"), new("roughness", "F5"), new("seconds", "G3"));
        var losses = new Table("losses", "batch", "epoch", "loss");
        Table confusion = ConfusionChart.CreateTable("confusion");
        foreach (Trained run in runs)
        {
            table.Add(run.Batch, run.Fit.Train.Loss, run.Fit.Test!.Value.Loss, run.Fit.Test.Value.Accuracy, Roughness(run), run.Fit.Seconds);
            ConfusionChart.AddMatrix(confusion, $"batch {run.Batch}", Classes, run.Confusion);
            for (int epoch = 0; epoch < run.Fit.TrainLosses.Length; epoch++)
            {
                losses.Add(run.Batch, epoch + 1, run.Fit.TrainLosses[epoch]);
            }
        }

        Table points = Clouds.Draw(TestPerClass, seed + 1).Subset([.. Enumerable.Range(0, 200), .. Enumerable.Range(TestPerClass, 200)]).ToPoints("points");
        return new StudyResult
        {
            Setting = $"{2 * TrainPerClass} training and {2 * TestPerClass} test points of two Gaussians around (-1, -0.7) and (1, 0.7), {Epochs} epochs, learning rate 0.03, SGD.",
            Tables = [table],
            Figures = [LossFigure(losses, runs), Combined(losses, confusion, points, runs), Boundaries(points, runs), Confusions(confusion, runs)],
            Claims =
            [
                new("The test accuracy hardly depends on the batch size", "88-90 % for all", $"{Percent(accuracies.Min())} to {Percent(accuracies.Max())}", accuracies.Min() >= 0.88 && accuracies.Max() <= 0.90),
                new("Small batches learn faster per epoch", "loss after epoch 1 lowest at batch 1", FormattableString.Invariant($"{runs[0].Fit.TrainLosses[0]:F3} at 1, {runs[^1].Fit.TrainLosses[0]:F3} at 1024"), runs[0].Fit.TrainLosses[0] < runs[^1].Fit.TrainLosses[0]),
                new("Small batches are noisy, large ones smooth", "noisy at 1, smooth at 1024", FormattableString.Invariant($"mean step up of the loss {Roughness(runs[0]):F5} at 1, {Roughness(runs[^1]):F5} at 1024"), Roughness(runs[0]) > Roughness(runs[^1])),
            ],
        };
    }

    private static Trained Train(int batch, int seed, CancellationToken cancellation)
    {
        Examples train = Clouds.Draw(TrainPerClass, seed);
        Examples test = Clouds.Draw(TestPerClass, seed + 1);
        Network<float> network = Networks.Logistic(inputs: 2, seed);
        Fit fit = Fit.Run(network, train, test, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = batch,
            LearningRate = 0.03,
            Seed = (ulong)seed,
            CancellationToken = cancellation,
        });
        return new Trained(batch, fit, ProbabilityField.Of(network, FieldBounds.Around(test.Features)), Confusion.Of(network, test));
    }

    /// <summary>How far the loss climbs back, on average over the epochs: 0 for a loss that only falls.</summary>
    private static double Roughness(Trained run) => run.Fit.TrainLosses.Zip(run.Fit.TrainLosses.Skip(1), (before, after) => Math.Max(0, after - before)).Average();

    private static Figure LossFigure(Table losses, IReadOnlyList<Trained> runs) => VegaLite.Figure(
        "losses",
        "Loss over the epochs, by batch size",
        "Nine falling lines; the smaller the batch, the sooner the line is down.",
        FormattableString.Invariant($"After one epoch the loss is {runs[0].Fit.TrainLosses[0]:F3} at batch 1 and {runs[^1].Fit.TrainLosses[0]:F3} at batch 1024; after {Epochs} epochs {runs[0].Fit.TrainLosses[^1]:F3} and {runs[^1].Fit.TrainLosses[^1]:F3}."),
        Losses(losses).Full(),
        losses);

    private static LineChart Losses(Table losses) => new(losses, "epoch", "loss") { Color = VegaLite.Steps("batch"), YTitle = "training loss" };

    private static Figure Combined(Table losses, Table confusion, Table points, IReadOnlyList<Trained> runs)
    {
        Trained last = runs[^1];
        var last1024 = new Table("confusion-1024", [.. confusion.Columns]);
        foreach (object?[] row in confusion.Rows.Where(row => Equals(row[0], $"batch {last.Batch}")))
        {
            last1024.Add(row);
        }

        var chart = new FieldChart(points, Classes, [new FieldPanel(0, last.Batch, last.Field)], "field-1024");
        return VegaLite.Figure(
            "combined",
            "Boundary, confusion matrix and losses in one view",
            "Left the points over the predicted class at batch 1024, in the middle its confusion matrix, right the losses of all batch sizes.",
            $"At batch {last.Batch} the boundary is right for {Percent(last.Fit.Test!.Value.Accuracy)} of the test points: {last.Confusion[0][1]} of class 0 and {last.Confusion[1][0]} of class 1 are taken for the other.",
            new
            {
                hconcat = new[] { chart.Single("batch 1024"), new ConfusionChart(last1024) { CellSize = 90 }.Single(Classes.Length, "test points"), Losses(losses).Panel(300, 260, "losses") },
                resolve = new { scale = new { color = "independent" }, legend = new { color = "independent" } },
            },
            [points, chart.Values(), last1024, losses],
            [chart.Pictures()]);
    }

    private static Figure Boundaries(Table points, IReadOnlyList<Trained> runs)
    {
        var chart = new FieldChart(points, Classes, [.. runs.Select(run => new FieldPanel(0, run.Batch, run.Field))]) { ColumnTitle = "batch", WrapAfter = 3, PanelSize = 170 };
        return VegaLite.Figure(
            "boundaries",
            "Decision boundary for each batch size",
            "Nine panels with the same points; the boundary is nearly the same line, the colours fade as the batch grows.",
            FormattableString.Invariant($"The mean distance of the probability from 1/2 goes from {Confidence(runs[0]):F2} at batch 1 to {Confidence(runs[^1]):F2} at batch 1024, which has made {Epochs * 2} steps where batch 1 made {Epochs * 2 * TrainPerClass}."),
            chart.Grid(),
            [points, chart.Values()],
            [chart.Pictures()]);
    }

    private static double Confidence(Trained run) => run.Field.Values.Average(p => Math.Abs(p - 0.5));

    private static Figure Confusions(Table confusion, IReadOnlyList<Trained> runs)
    {
        Trained best = runs.MaxBy(run => run.Fit.Test!.Value.Accuracy)!;
        return VegaLite.Figure(
            "confusions",
            "Confusion matrix for each batch size",
            "Nine two by two matrices with counts; the diagonals hold most points.",
            $"The best of them, batch {best.Batch}, is right for {Percent(best.Fit.Test!.Value.Accuracy)} of the test points.",
            new ConfusionChart(confusion) { Columns = 3, CellSize = 60 }.Grid(Classes.Length),
            confusion);
    }

    private static string Percent(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private sealed record Trained(int Batch, Fit Fit, ProbabilityField Field, int[][] Confusion);
}
