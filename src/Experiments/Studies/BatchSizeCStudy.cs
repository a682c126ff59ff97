namespace EE569.Experiments.Studies;

/// <summary>Loss, accuracy, time and memory over the batch size.</summary>
internal sealed class BatchSizeCStudy : IStudy
{
    private const int Epochs = 20;

    private const double LearningRate = 0.003;

    private static readonly int[] Batches = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1400];

    public string Id => "batch-size-c";

    public string Title => "Batch size: what it costs";

    public string Question => "On 700 + 700 points, with the same epochs and learning rate: how do final loss, accuracy, training time and memory depend on the batch size?";

    public StudyResult Run(StudyContext context)
    {
        Examples examples = LabeledCsv.ReadShipped("gaussians.csv");
        int repeats = context.Choose(quick: 20, full: 100);
        int[] seeds = [.. Enumerable.Range(0, repeats).Select(i => context.Options.Seed + i)];
        foreach (int batch in Batches)
        {
            Measure(examples, batch, seeds[..10], context.Cancellation); // compiles every path for good before the clock runs
        }

        IReadOnlyList<Cost> costs = context.RunCells(Batches, batch => $"batch-{batch}", batch => Measure(examples, batch, seeds, context.Cancellation), timed: true);
        var table = new Table("cost", "batch", new("loss", "F4"), new("± loss", "F4"), new("accuracy", "P2"), new("± accuracy", "P2"), new("seconds", "G3"), new("kilobytes", "N1"), "steps");
        foreach (Cost cost in costs)
        {
            table.Add(cost.Batch, cost.Loss, cost.LossDeviation, cost.Accuracy, cost.AccuracyDeviation, cost.Seconds, cost.Kilobytes, Epochs * ((examples.Count + cost.Batch - 1) / cost.Batch));
        }

        return new StudyResult
        {
            Setting = FormattableString.Invariant($"data/gaussians.csv, {Epochs} epochs, learning rate {LearningRate}; mean over {repeats} seeds, the least time of them; memory is what one training allocates on top of the data."),
            Tables = [table],
            Figures = [TimeFigure(table, costs), MemoryFigure(table, costs), QualityFigure("loss", "Loss", costs, cost => (cost.Loss, cost.LossDeviation), null), QualityFigure("accuracy", "Accuracy", costs, cost => (cost.Accuracy, cost.AccuracyDeviation), ".0%")],
            Claims = Claims(costs),
        };
    }

    private static Claim[] Claims(IReadOnlyList<Cost> costs)
    {
        double[] falls = [.. costs.Zip(costs.Skip(1), (smaller, larger) => smaller.Seconds / larger.Seconds)];
        double fixedShare = costs.Min(cost => cost.Seconds) / costs[0].Seconds;
        return
        [
            new("The time falls as the batch grows", "about halves with each doubling", FormattableString.Invariant($"{falls[0]:F2}-fold from 1 to 2, {falls[1]:F2} to 4, {falls[2]:F2} to 8, {falls[3]:F2} to 16"), costs[0].Seconds > 2 * costs[4].Seconds)
            {
                IsTiming = true,
                Reason = FormattableString.Invariant($"a step costs {(costs[0].Seconds - costs[^1].Seconds) * 1e6 / (Epochs * costs[^1].Batch):F2} microseconds here, so that the work for each example, the same for all batches, is {fixedShare:P0} of the time at batch 1 and soon all of it; in the source a step cost far more than its example"),
            },
            new("Memory grows with the batch", "grows", FormattableString.Invariant($"{costs[0].Kilobytes:F1} kB at 1, {costs[^1].Kilobytes:F1} kB at {costs[^1].Batch}"), costs[^1].Kilobytes > costs[0].Kilobytes),
            new("The final loss gets worse as the batch grows", "worse", FormattableString.Invariant($"{costs[0].Loss:F3} at 1, {costs[^1].Loss:F3} at {costs[^1].Batch}"), costs.Zip(costs.Skip(1), (smaller, larger) => larger.Loss > smaller.Loss - 1e-3).All(holds => holds) && costs[^1].Loss > costs[0].Loss),
            new("The accuracy gets worse as the batch grows", "worse", FormattableString.Invariant($"{costs[0].Accuracy:P2} at 1, {costs[^1].Accuracy:P2} at {costs[^1].Batch}"), costs[^1].Accuracy < costs[0].Accuracy),
        ];
    }

    private static Cost Measure(Examples examples, int batch, int[] seeds, CancellationToken cancellation)
    {
        Fit[] fits = [.. seeds.Select(seed => Train(examples, batch, seed, cancellation))];
        Sample loss = Sample.Of(fits.Select(fit => fit.Train.Loss)), accuracy = Sample.Of(fits.Select(fit => fit.Train.Accuracy));
        return new Cost(
            batch,
            loss.Mean,
            loss.Deviation,
            accuracy.Mean,
            accuracy.Deviation,
            fits.Min(fit => fit.Seconds),
            fits.Min(fit => fit.AllocatedBytes) / 1024.0);
    }

    private static Fit Train(Examples examples, int batch, int seed, CancellationToken cancellation)
    {
        Network<float> network = Networks.Logistic(inputs: 2, seed, startDeviation: 1);
        return Fit.Run(network, examples, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = batch,
            LearningRate = LearningRate,
            Seed = (ulong)seed,
            CancellationToken = cancellation,
        });
    }

    private static Figure TimeFigure(Table table, IReadOnlyList<Cost> costs) => VegaLite.Figure(
        "time",
        "Training time over the batch size",
        "A line falling over two logarithmic axes, levelling off for large batches.",
        FormattableString.Invariant($"Batch 1 takes {costs[0].Seconds * 1e3:G3} ms, batch {costs[^1].Batch} {costs[^1].Seconds * 1e3:G3} ms: {costs[0].Seconds / costs[^1].Seconds:F0} times less for the same number of epochs."),
        new LineChart(table, "batch", "seconds") { LogX = true, LogY = true, Points = true, YTitle = "seconds" }.Full(),
        table);

    private static Figure MemoryFigure(Table table, IReadOnlyList<Cost> costs) => VegaLite.Figure(
        "memory",
        "Memory over the batch size",
        "A line over two logarithmic axes that rises with the batch size.",
        FormattableString.Invariant($"A training with batch 1 allocates {costs[0].Kilobytes:F1} kB, one with batch {costs[^1].Batch} {costs[^1].Kilobytes:F1} kB: the values and gradients of a batch are kept for every node."),
        new LineChart(table, "batch", "kilobytes") { LogX = true, LogY = true, Points = true, YTitle = "kilobytes" }.Full(),
        table);

    private static Figure QualityFigure(string name, string title, IReadOnlyList<Cost> costs, Func<Cost, (double Mean, double Deviation)> value, string? format)
    {
        var table = new Table(name, "batch", name, "low", "high");
        foreach (Cost cost in costs)
        {
            (double mean, double deviation) = value(cost);
            table.Add(cost.Batch, mean, mean - deviation, mean + deviation);
        }

        return VegaLite.Figure(
            name,
            $"{title} over the batch size",
            $"The final {name} over a logarithmic axis of batch sizes with a band of one deviation; it gets worse for large batches.",
            FormattableString.Invariant($"The {name} after {Epochs} epochs goes from {value(costs[0]).Mean:F3} ± {value(costs[0]).Deviation:F3} at batch 1 to {value(costs[^1]).Mean:F3} ± {value(costs[^1]).Deviation:F3} at batch {costs[^1].Batch}, where few steps are made and the start decides."),
            new LineChart(table, "batch", name) { LogX = true, Points = true, YTitle = name, YFormat = format, Band = ("low", "high") }.Full(height: 220),
            table);
    }

    private sealed record Cost(int Batch, double Loss, double LossDeviation, double Accuracy, double AccuracyDeviation, double Seconds, double Kilobytes);
}
