namespace EE569.Experiments.Studies;

/// <summary>The final loss over the batch size on few points.</summary>
internal sealed class BatchSizeBStudy : IStudy
{
    private const int Epochs = 20;

    private const double LearningRate = 0.0015;

    private static readonly int[] Batches = [1, 2, 4, 8, 16, 32, 64, 128, 150];

    private static readonly double[] OfSource = [0.090, 0.121, 0.218, 0.434, 0.559, 0.656, 0.734, 0.718, 0.703];

    private static readonly GaussianClouds Clouds = new(new(-2, -2, 1, 1), new(2, 2, 1, 1));

    public string Id => "batch-size-b";

    public string Title => "Batch size: final loss on 150 points";

    public string Question => "With the same number of epochs and the same learning rate, what loss does each batch size reach on 150 points?";

    public StudyResult Run(StudyContext context)
    {
        int[] seeds = context.Seeds(quick: 50, full: 200);
        IReadOnlyList<double[]> losses = context.RunCells(Batches, batch => $"batch-{batch}", batch => FinalLosses(batch, seeds, context.Cancellation));
        var table = new Table("final-loss", "batch", new("source", "F3"), new("mean", "F3"), new("deviation", "F3"), new("low", "F3"), new("high", "F3"));
        Sample[] samples = [.. losses.Select(Sample.Of)];
        for (int i = 0; i < Batches.Length; i++)
        {
            table.Add(Batches[i], OfSource[i], samples[i].Mean, samples[i].Deviation, samples[i].Mean - samples[i].Deviation, samples[i].Mean + samples[i].Deviation);
        }

        return new StudyResult
        {
            Setting = FormattableString.Invariant($"75 + 75 points around (-2, -2) and (2, 2), {Epochs} epochs, learning rate {LearningRate}, weights started from Normal(0, 0.2), {seeds.Length} seeds."),
            Tables = [table],
            Figures = [Draw(table, samples)],
            Claims =
            [
                new("The final loss rises with the batch size", "0.090 at 1 to 0.703 at 150", FormattableString.Invariant($"{samples[0].Mean:F3} at 1 to {samples[^1].Mean:F3} at 150"), Rises(samples))
                {
                    Reason = "the means over the seeds rise from each batch size to the next; the source's single runs fall again from 64 to 150. Its points, rate and start are not known",
                },
                new("Full batch has hardly begun to learn", "0.703, above ln 2 = 0.693", FormattableString.Invariant($"{samples[^1].Mean:F3}"), samples[^1].Mean is > 0.6 and < 0.8),
            ],
        };
    }

    private static bool Rises(Sample[] samples) => samples.Zip(samples.Skip(1), (smaller, larger) => larger.Mean > smaller.Mean).All(rises => rises);

    private static double[] FinalLosses(int batch, int[] seeds, CancellationToken cancellation) => [.. seeds.Select(seed =>
    {
        Examples examples = Clouds.Draw(perClass: 75, seed);
        return Fit.Run(Networks.Logistic(inputs: 2, seed, startDeviation: 0.2), examples, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = batch,
            LearningRate = LearningRate,
            Seed = (ulong)seed,
            CancellationToken = cancellation,
        }).Train.Loss;
    })];

    private static Figure Draw(Table table, Sample[] samples)
    {
        var lines = new Table("final-loss-lines", "who", "batch", "loss", "low", "high");
        foreach (object?[] row in table.Rows)
        {
            lines.Add("here", row[0], row[2], row[4], row[5]);
            lines.Add("source", row[0], row[1], row[1], row[1]);
        }

        return VegaLite.Figure(
            "final-loss",
            "Final loss over the batch size",
            "Two rising lines over a logarithmic axis of batch sizes, the source's and this run's, with a band of one deviation.",
            FormattableString.Invariant($"From batch 1 to batch 64 the loss after {Epochs} epochs grows {samples[6].Mean / samples[0].Mean:F1}-fold: with 64 times fewer steps the weights have not moved far."),
            new LineChart(lines, "batch", "loss") { LogX = true, Points = true, YTitle = "final loss", Color = VegaLite.Series("who", ["here", "source"], ""), Band = ("low", "high") }.Full(),
            lines);
    }
}
