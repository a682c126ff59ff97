namespace EE569.Experiments.Studies;

/// <summary>One full training on the circles, with the boundary as it is learnt.</summary>
internal sealed class MlpTrainingStudy : IStudy
{
    private const int Epochs = 150, Batch = 10;

    private const double Rate = 0.03;

    private static readonly int[] Frames = [1, 5, 10, 20, 30, 50, 100, 150];

    public string Id => "mlp-training";

    public string Title => "A boundary being learnt";

    public string Question => "The network on the circles is trained once more at batch 10 and learning rate 0.03. How do loss, accuracy and boundary move?";

    public StudyResult Run(StudyContext context)
    {
        (Examples train, Examples test) = Circles.Shipped();
        FieldBounds bounds = FieldBounds.Around(test.Features);
        int[] seeds = context.Seeds(quick: 5, full: 20);
        IReadOnlyList<Trained> runs = context.RunCells(seeds, seed => $"seed-{seed}", seed => Train(seed, train, test, bounds, context));
        Trained first = runs[0];
        Sample trainAccuracy = Sample.Of(runs.Select(run => run.Fit.Train.Accuracy)), testAccuracy = Sample.Of(runs.Select(run => run.Fit.Test!.Value.Accuracy));
        var table = new Table("results", "seed", new("train loss", "F4"), new("test loss", "F4"), new("train accuracy", "P1"), new("test accuracy", "P1"), new("seconds", "G3"));
        foreach ((int seed, Trained run) in seeds.Zip(runs))
        {
            table.Add(seed, run.Fit.Train.Loss, run.Fit.Test!.Value.Loss, run.Fit.Train.Accuracy, run.Fit.Test.Value.Accuracy, run.Fit.Seconds);
        }

        return new StudyResult
        {
            Setting = FormattableString.Invariant($"data/circles.csv, 200 training and 200 test points, standardised, 2-10-2 with tanh, batch 10, learning rate {Rate}, {Epochs} epochs, {seeds.Length} seeds."),
            Tables = [table],
            Figures =
            [
                CurveFigure("loss", runs, fit => fit.TrainLosses, fit => fit.TestLosses, null),
                CurveFigure("accuracy", runs, fit => fit.TrainAccuracies, fit => fit.TestAccuracies, ".0%"),
                FramesFigure(first, test),
            ],
            Claims =
            [
                new("The loss falls and the accuracy rises on training and test points", "curves rise and fall together", FormattableString.Invariant($"loss {first.Fit.TrainLosses[0]:F3} to {first.Fit.TrainLosses[^1]:F3}, test accuracy {first.Fit.TestAccuracies[0]:P1} to {first.Fit.TestAccuracies[^1]:P1}"), first.Fit.TrainLosses[^1] < first.Fit.TrainLosses[0] && first.Fit.TestAccuracies[^1] > first.Fit.TestAccuracies[0]),
                new("Training and test accuracy stay close: ten nodes do not learn the noise", "98 % and 93 % at the best settings", FormattableString.Invariant($"{trainAccuracy.Mean:P1} ± {trainAccuracy.Deviation:P1} and {testAccuracy.Mean:P1} ± {testAccuracy.Deviation:P1}"), Math.Abs(trainAccuracy.Mean - testAccuracy.Mean) < 0.05 && trainAccuracy.Mean > 0.93 && testAccuracy.Mean > 0.92)
                {
                    Reason = FormattableString.Invariant($"rate {Rate} times the number of steps is {Rate * Epochs * train.Count / Batch:F0}, at the best settings of the grid 300: this run is cut off before it is at its end"),
                },
            ],
        };
    }

    private static Trained Train(int seed, Examples train, Examples test, FieldBounds bounds, StudyContext context)
    {
        Network<float> network = Networks.CirclesMlp(seed);
        var frames = new List<ProbabilityField>();
        Fit fit = Fit.Run(network, train, test, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = Batch,
            LearningRate = Rate,
            Seed = (ulong)seed,
            CancellationToken = context.Cancellation,
            EpochCallback = progress =>
            {
                if (seed == context.Options.Seed && Frames.Contains(progress.Record.Epoch))
                {
                    context.Note(FormattableString.Invariant($"epoch {progress.Record.Epoch}, loss {progress.Record.TrainLoss:F3}"));
                    frames.Add(ProbabilityField.Of(network, bounds));
                }
            },
        });
        return new Trained(fit, frames);
    }

    private static Figure CurveFigure(string name, IReadOnlyList<Trained> runs, Func<Fit, double[]> train, Func<Fit, double[]> test, string? format)
    {
        Table curves = CurveTable.Create(name, "points");
        CurveTable.Add(curves, "train", [.. runs.Select(run => train(run.Fit))]);
        CurveTable.Add(curves, "test", [.. runs.Select(run => test(run.Fit))]);
        double last = runs.Average(run => train(run.Fit)[^1]), lastTest = runs.Average(run => test(run.Fit)[^1]);
        return VegaLite.Figure(
            name,
            $"{char.ToUpperInvariant(name[0])}{name[1..]} over the epochs",
            $"Two lines over the epochs, {name} on training and on test points, each with a band of one deviation.",
            FormattableString.Invariant($"After {Epochs} epochs the mean {name} is {last:F3} on the training points and {lastTest:F3} on the test points."),
            new LineChart(curves, "epoch", "mean") { YTitle = name, YFormat = format, Color = VegaLite.Series("points", ["train", "test"], ""), Band = ("low", "high") }.Full(height: 240),
            curves);
    }

    private static Figure FramesFigure(Trained run, Examples test)
    {
        Table points = test.Subset([.. Enumerable.Range(0, test.Count / 2).Select(i => 2 * i)]).ToPoints("points");
        var chart = new FieldChart(points, test.Classes, [.. Frames.Zip(run.Frames, (epoch, field) => new FieldPanel(0, epoch, field))])
        {
            ColumnTitle = "epoch",
            WrapAfter = 4,
            PanelSize = 190,
        };
        int enclosed = Frames.Zip(run.Frames).FirstOrDefault(frame => frame.Second.Encloses()).First;
        return VegaLite.Figure(
            "frames",
            "The boundary while it is learnt",
            "Eight panels of half the test points over the predicted class after 1 to 150 epochs; a straight border bends and closes around the inner ring.",
            enclosed > 0 ? $"The border first closes around the inner ring in the frame of epoch {enclosed}." : "The border does not close around the inner ring in this run.",
            chart.Grid(),
            [points, chart.Values()],
            [chart.Pictures()]);
    }

    private sealed record Trained(Fit Fit, IReadOnlyList<ProbabilityField> Frames);
}
