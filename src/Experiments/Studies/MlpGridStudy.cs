namespace EE569.Experiments.Studies;

/// <summary>A softmax network on the circles, over a grid of batch sizes and learning rates.</summary>
internal sealed class MlpGridStudy : IStudy
{
    private const int Epochs = 150;

    private const double SourceSeconds = 8.95;

    private static readonly int[] Batches = [1, 10, 50, 100, 200];

    private static readonly double[] Rates = [0.01, 0.05, 0.1, 0.5, 1, 5];

    public string Id => "mlp-grid";

    public string Title => "A network on the circles: batch size and learning rate";

    public string Question => "A 2-10-2 network with tanh and softmax is trained for 150 epochs with 5 batch sizes and 6 learning rates. Which pairs work, and what do they cost?";

    public StudyResult Run(StudyContext context)
    {
        (int Batch, double Rate)[] grid = [.. from batch in Batches from rate in Rates select (batch, rate)];
        (Examples train, Examples test) = Circles.Shipped();
        FieldBounds bounds = FieldBounds.Around(test.Features);
        int[] seeds = context.Seeds(quick: 10, full: 20);
        IReadOnlyList<Cell> cells = context.RunCells(
            grid,
            cell => FormattableString.Invariant($"batch-{cell.Batch}-rate-{cell.Rate}"),
            cell => new Cell(cell.Batch, cell.Rate, [.. seeds.Select(seed => Train(cell.Batch, cell.Rate, train, test, bounds, seed, context.Cancellation))]));
        Table table = Summary(cells);
        return new StudyResult
        {
            Setting = $"data/circles.csv, 200 training and 200 test points, standardised; weights and biases from Normal(0, 0.3), SGD, {Epochs} epochs, {seeds.Length} seeds; figures are the median over the seeds, curves and boundaries those of the first.",
            Tables = [table],
            Figures = [.. MlpGridFigures.All(table, cells, test, Epochs)],
            Claims = Claims(cells),
        };
    }

    private static Trained Train(int batch, double rate, Examples train, Examples test, FieldBounds bounds, int seed, CancellationToken cancellation)
    {
        Network<float> network = Networks.CirclesMlp(seed);
        Fit fit = Fit.Run(network, train, test, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = batch,
            LearningRate = rate,
            Seed = (ulong)seed,
            CancellationToken = cancellation,
        });
        return new Trained(fit, ProbabilityField.Of(network, bounds, side: 30));
    }

    private static Table Summary(IReadOnlyList<Cell> cells)
    {
        var table = new Table(
            "grid", "batch", "learning rate", new("train loss", "F3"), new("test loss", "F3"), new("train accuracy", "P1"), new("test accuracy", "P1"), new("seconds", "F3"), "end");
        foreach (Cell cell in cells)
        {
            table.Add(cell.Batch, cell.Rate, cell.TrainLoss, cell.TestLoss, cell.TrainAccuracy, cell.TestAccuracy, cell.Seconds, cell.End);
        }

        return table;
    }

    private static Claim[] Claims(IReadOnlyList<Cell> cells)
    {
        Cell At(int batch, double rate) => cells.First(cell => cell.Batch == batch && cell.Rate == rate);
        Claim Works(int batch, double rate, string source)
        {
            Cell cell = At(batch, rate);
            return new Claim(
                FormattableString.Invariant($"Batch {batch} at learning rate {rate} separates the rings"),
                source,
                FormattableString.Invariant($"train {cell.TrainAccuracy:P1}, test {cell.TestAccuracy:P1}, loss {cell.TrainLoss:F3}"),
                cell.TrainAccuracy is >= 0.955 and <= 0.99 && cell.TestAccuracy is >= 0.92 and <= 0.97 && cell.TrainLoss is > 0.075 and < 0.125);
        }

        double[] best = [.. Batches.Select(batch => BestRate(cells, batch))];
        Cell wild = At(1, 5);
        double seconds = cells.Sum(cell => cell.Seconds);
        return
        [
            Works(1, 0.01, "97 / 93.5 %, loss 0.092"),
            Works(10, 0.1, "98 / 93 %, loss 0.092"),
            Works(50, 0.5, "test 93.5 %, loss 0.092"),
            Works(100, 1, "97.5 / 93.5 %, loss 0.093"),
            new("Batch 1 at learning rate 5 goes out of bounds", "loss to NaN or infinity", wild.Describe(), wild.IsOutOfBounds),
            new("The best learning rate grows with the batch", "0.01 at 1, 1 at 100", string.Join(", ", Batches.Zip(best, (batch, rate) => FormattableString.Invariant($"{rate} at {batch}"))), best.Zip(best.Skip(1), (smaller, larger) => larger >= smaller).All(holds => holds) && best[^1] >= 10 * best[0])
            {
                Reason = "the rate with the lowest median training loss; the source names the rates that did best in the cells it looked at",
            },
            new("The whole grid takes less time than the source's slowest cell", FormattableString.Invariant($"{SourceSeconds} s for batch 1 in PyTorch"), FormattableString.Invariant($"{seconds:F2} s for one seed of all {cells.Count} cells"), seconds < SourceSeconds) { IsTiming = true },
        ];
    }

    /// <summary>The learning rate with the lowest median training loss.</summary>
    private static double BestRate(IReadOnlyList<Cell> cells, int batch) => cells.Where(cell => cell.Batch == batch).MinBy(cell => cell.TrainLoss)!.Rate;

    /// <summary>One training.</summary>
    internal sealed record Trained(Fit Fit, ProbabilityField Field);

    /// <summary>One pair of settings and what came of it, seed by seed.</summary>
    internal sealed record Cell(int Batch, double Rate, IReadOnlyList<Trained> Runs)
    {
        public double TrainLoss => Median(fit => fit.Train.Loss);

        public double TestLoss => Median(fit => fit.Test!.Value.Loss);

        public double TrainAccuracy => Median(fit => fit.Train.Accuracy);

        public double TestAccuracy => Median(fit => fit.Test!.Value.Accuracy);

        public double Seconds => Median(fit => fit.Seconds);

        public string End => Runs.Count(run => run.Fit.StopReason == StopReason.Diverged) is var diverged and > 0 ? $"{diverged} of {Runs.Count} diverged" : "all epochs";

        /// <summary>Stopped because of a loss that is not finite, or worse than guessing on the training points, with every seed.</summary>
        public bool IsOutOfBounds => Runs.All(run => run.Fit.StopReason == StopReason.Diverged || !(run.Fit.TrainLosses[^1] <= Math.Log(2)));

        public string Describe() => FormattableString.Invariant($"mean loss of the last epoch {Median(fit => fit.TrainLosses[^1]):F2}, {End}");

        private double Median(Func<Fit, double> figure) => MathNet.Numerics.Statistics.Statistics.Median(Runs.Select(run => figure(run.Fit)));
    }
}
