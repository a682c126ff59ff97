using System.Diagnostics;
using EE569.Engine;
using EE569.Engine.Training;
using EE569.Experiments.Charts;
using EE569.Experiments.Data;
using EE569.Experiments.Results;

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
        Examples all = LabeledCsv.ReadShipped("circles.csv");
        Examples train = all.Subset([.. Enumerable.Range(0, 200)]), test = all.Subset([.. Enumerable.Range(200, 200)]);
        FieldBounds bounds = FieldBounds.Around(all.Features);
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Cell> cells = context.RunCells(
            grid,
            cell => FormattableString.Invariant($"batch-{cell.Batch}-rate-{cell.Rate}"),
            cell => Train(cell.Batch, cell.Rate, train, test, bounds, context));
        double wall = clock.Elapsed.TotalSeconds;
        Table table = Summary(cells);
        return new StudyResult
        {
            Setting = $"data/circles.csv, 200 training and 200 test points; weights and biases from Normal(0, 0.3), SGD, {Epochs} epochs.",
            Tables = [table],
            Figures = [.. MlpGridFigures.All(table, cells, test, Epochs)],
            Claims = Claims(cells, wall),
        };
    }

    private static Cell Train(int batch, double rate, Examples train, Examples test, FieldBounds bounds, StudyContext context)
    {
        Network<float> network = Networks.CirclesMlp(context.Options.Seed);
        Fit fit = Fit.Run(network, train, test, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = batch,
            LearningRate = rate,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        });
        return new Cell(batch, rate, fit, ProbabilityField.Of(network, bounds, side: 30));
    }

    private static Table Summary(IReadOnlyList<Cell> cells)
    {
        var table = new Table(
            "grid", "batch", "learning rate", new("train loss", "F3"), new("test loss", "F3"), new("train accuracy", "P1"), new("test accuracy", "P1"), new("seconds", "F3"), "end");
        foreach (Cell cell in cells)
        {
            table.Add(cell.Batch, cell.Rate, cell.Fit.Train.Loss, cell.Fit.Test!.Value.Loss, cell.Fit.Train.Accuracy, cell.Fit.Test.Value.Accuracy, cell.Fit.Seconds, cell.Diverged ? "diverged" : "all epochs");
        }

        return table;
    }

    private static Claim[] Claims(IReadOnlyList<Cell> cells, double wall)
    {
        Cell At(int batch, double rate) => cells.First(cell => cell.Batch == batch && cell.Rate == rate);
        Claim Works(int batch, double rate, string source)
        {
            Fit fit = At(batch, rate).Fit;
            return new Claim(
                FormattableString.Invariant($"Batch {batch} at learning rate {rate} separates the rings"),
                source,
                FormattableString.Invariant($"train {fit.Train.Accuracy:P1}, test {fit.Test!.Value.Accuracy:P1}, loss {fit.Train.Loss:F3}"),
                fit.Train.Accuracy >= 0.93 && fit.Test.Value.Accuracy >= 0.91);
        }

        double[] best = [.. Batches.Select(batch => BestRate(cells, batch))];
        Cell wild = At(1, 5);
        return
        [
            Works(1, 0.01, "97 / 93.5 %, loss 0.092"),
            Works(10, 0.1, "98 / 93 %, loss 0.092"),
            Works(50, 0.5, "test 93.5 %, loss 0.092"),
            Works(100, 1, "97.5 / 93.5 %, loss 0.093"),
            new("Batch 1 at learning rate 5 goes out of bounds", "loss to NaN or infinity", wild.Describe(), wild.IsOutOfBounds),
            new("The best learning rate grows with the batch", "0.01 at 1, 1 at 100", string.Join(", ", Batches.Zip(best, (batch, rate) => FormattableString.Invariant($"{rate} at {batch}"))), best[^1] > best[0] && best.Zip(best.Skip(1), (smaller, larger) => larger >= smaller).All(holds => holds)),
            new("The whole grid takes less time than the source's slowest cell", FormattableString.Invariant($"{SourceSeconds} s for batch 1 in PyTorch"), FormattableString.Invariant($"{wall:F2} s for all {cells.Count} cells"), wall < SourceSeconds) { IsTiming = true },
        ];
    }

    /// <summary>The learning rate with the lowest final training loss.</summary>
    private static double BestRate(IReadOnlyList<Cell> cells, int batch) =>
        cells.Where(cell => cell.Batch == batch && !cell.Diverged).MinBy(cell => cell.Fit.Train.Loss)!.Rate;

    /// <summary>One pair of settings and what came of it.</summary>
    internal sealed record Cell(int Batch, double Rate, Fit Fit, ProbabilityField Field)
    {
        public bool Diverged => Fit.StopReason == StopReason.Diverged;

        /// <summary>Stopped because of a loss that is not finite, or worse than guessing on the training points.</summary>
        public bool IsOutOfBounds => Diverged || Fit.TrainLosses.Any(loss => !double.IsFinite(loss)) || Fit.TrainLosses[^1] > Math.Log(2);

        public string Describe() => Diverged
            ? $"diverged in epoch {Fit.TrainLosses.Length}"
            : FormattableString.Invariant($"mean loss of the last epoch {Fit.TrainLosses[^1]:F2}");
    }
}
