namespace EE569.Experiments.Studies;

/// <summary>Logistic regression on two well separated Gaussians.</summary>
internal sealed class LogisticRegressionStudy : IStudy
{
    private const int Epochs = 100;

    private const string Unknown = "on points as hard as the source's, which are not known";

    /// <summary>Unit variance around +-(1.5, 1.5): the best border errs on 1 - Phi(1.5 sqrt 2) = 1.7 % of the points.</summary>
    private static readonly GaussianClouds Clouds = new(new(-1.5, -1.5, 1, 1), new(1.5, 1.5, 1, 1));

    public string Id => "logistic-regression";

    public string Title => "Logistic regression on two Gaussians";

    public string Question => "A single logistic node is trained for 100 epochs at learning rate 0.01. How far does the loss fall, and where is the boundary?";

    public StudyResult Run(StudyContext context)
    {
        int[] seeds = context.Seeds(quick: 10, full: 30);
        IReadOnlyList<Trained> runs = context.RunCells(seeds, seed => $"seed-{seed}", seed => Train(seed, context.Cancellation));
        Sample accuracy = Sample.Of(runs.Select(run => run.Fit.Train.Accuracy));
        Sample loss = Sample.Of(runs.Select(run => run.Fit.Train.Loss));

        Table curve = CurveTable.Create("loss", "data");
        CurveTable.Add(curve, "train", [.. runs.Select(run => run.Fit.TrainLosses)]);
        var table = new Table("results", "seed", new("loss", "F4"), new("accuracy", "P2"), new("seconds", "G3"));
        foreach ((int seed, Trained run) in seeds.Zip(runs))
        {
            table.Add(seed, run.Fit.Train.Loss, run.Fit.Train.Accuracy, run.Fit.Seconds);
        }

        return new StudyResult
        {
            Setting = $"400 points around (-1.5, -1.5) and (1.5, 1.5) with unit variance, {Epochs} epochs, batch 1, learning rate 0.01, {seeds.Length} seeds.",
            Tables = [table],
            Figures = [LossFigure(curve, runs), BoundaryFigure(runs[0], seeds[0])],
            Claims =
            [
                new("Accuracy on the training points", "98.00 %", FormattableString.Invariant($"{accuracy.Mean:P2} ± {accuracy.Deviation:P2}"), Math.Abs(accuracy.Mean - 0.98) < 0.01) { Reason = Unknown },
                new("Final loss", "0.0457", FormattableString.Invariant($"{loss.Mean:F4} ± {loss.Deviation:F4}"), Math.Abs(loss.Mean - 0.0457) < 0.02) { Reason = Unknown },
            ],
        };
    }

    private static Trained Train(int seed, CancellationToken cancellation)
    {
        Examples examples = Clouds.Draw(perClass: 200, seed);
        Network<float> network = Networks.Logistic(inputs: 2, seed);
        Fit fit = Fit.Run(network, examples, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 1,
            LearningRate = 0.01,
            Seed = (ulong)seed,
            CancellationToken = cancellation,
        });
        return new Trained(fit, ProbabilityField.Of(network, FieldBounds.Around(examples.Features), side: 80));
    }

    private static Figure LossFigure(Table curve, IReadOnlyList<Trained> runs) => VegaLite.Figure(
        "loss",
        "Loss over the epochs",
        "The training loss falls steeply at first and then levels off.",
        FormattableString.Invariant($"The loss falls from {runs.Average(run => run.Fit.TrainLosses[0]):F3} in the first epoch to {runs.Average(run => run.Fit.TrainLosses[^1]):F4} in the last; the band is one deviation over the seeds."),
        new LineChart(curve, "epoch", "mean") { YTitle = "training loss", LogY = true, Band = ("low", "high") }.Full(),
        curve);

    private static Figure BoundaryFigure(Trained run, int seed)
    {
        Table points = Clouds.Draw(perClass: 200, seed).ToPoints("points");
        var chart = new FieldChart(points, ["0", "1"], [new FieldPanel(0, 0, run.Field)]) { PanelSize = 320 };
        return VegaLite.Figure(
            "boundary",
            "Points and decision boundary",
            "Two clouds of points over the predicted class; a straight line parts them.",
            FormattableString.Invariant($"A straight line parts the clouds and leaves {1 - run.Fit.Train.Accuracy:P2} of the points on the wrong side."),
            chart.Single(),
            [points, chart.Values()],
            [chart.Pictures()]);
    }

    private sealed record Trained(Fit Fit, ProbabilityField Field);
}
