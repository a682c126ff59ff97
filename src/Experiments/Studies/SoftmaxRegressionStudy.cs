namespace EE569.Experiments.Studies;

/// <summary>Softmax regression with L2 on images: four settings of penalty and learning rate.</summary>
internal sealed class SoftmaxRegressionStudy : IStudy
{
    public const int Epochs = 40, BatchSize = 100;

    /// <summary>The source's four experiments with their test accuracies on CIFAR-10.</summary>
    public static readonly IReadOnlyList<Setting> Settings = [new("A", 0, 0.1, 0.2833), new("B", 0, 0.01, 0.3473), new("C", 0.1, 0.01, 0.3188), new("D", 1, 0.01, 0.2676)];

    public string Id => "softmax-regression";

    public string Title => "Softmax regression on images: penalty and learning rate";

    public string Question =>
        "P = softmax(W x + b) is trained on images with the cost J = mean loss + lambda ||W||^2 for four pairs of lambda and learning rate. How do cost and accuracy move, and what do the rows of W look like?";

    public StudyResult Run(StudyContext context)
    {
        ImageSet images = context.Options.CifarFolder is { } folder ? ImageSet.Cifar(folder) : ImageSet.Digits(context.Options.Seed);
        int[] seeds = context.Seeds(quick: images.IsCifar ? 1 : 3, full: 3);
        (Setting Setting, int Seed)[] grid = [.. from setting in Settings from seed in seeds select (setting, seed)];
        IReadOnlyList<Trained> runs = context.RunCells(grid, cell => $"{cell.Setting.Name}-seed-{cell.Seed}", cell => Train(images, cell.Setting, cell.Seed, context));
        Sample[] accuracies = [.. Settings.Select(setting => Sample.Of(runs.Where(run => run.Setting == setting.Name).Select(run => run.TestAccuracy)))];
        return new StudyResult
        {
            Setting = $"{images.Description}; {images.Train.Count} training, {images.Validation.Count} validation and {images.Test.Count} test images, every pixel standardised with the training mean and deviation; {Epochs} epochs, batch {BatchSize}, SGD, {seeds.Length} {(seeds.Length == 1 ? "seed" : "seeds")}.",
            Tables = [Summary(runs, accuracies)],
            Figures = [.. SoftmaxRegressionFigures.All(images, runs)],
            Claims = Claims(images, runs, accuracies),
        };
    }

    /// <summary>Trains one setting; the cost after each epoch includes the penalty.</summary>
    public static Trained Train(ImageSet images, Setting setting, int seed, StudyContext context)
    {
        Network<float> network = Networks.Softmax<float>(images.Train.Features.Columns, images.Train.Classes.Count, seed);
        Parameter<float> weights = network.Parameters[0];
        var epochs = new List<EpochScore>();
        var options = new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = setting.LearningRate,
            L2Regularization = setting.Lambda,
            Seed = (ulong)seed,
            CancellationToken = context.Cancellation,
            EpochCallback = progress =>
            {
                double penalty = setting.Lambda * SumOfSquares(weights.Value.Values);
                Score train = Score.Of(network, images.Train), validation = Score.Of(network, images.Validation);
                epochs.Add(new EpochScore(train.Loss + penalty, validation.Loss + penalty, train.Accuracy, validation.Accuracy));
                context.Note(FormattableString.Invariant($"{setting.Name} epoch {progress.Record.Epoch}, cost {train.Loss + penalty:F3}"));
            },
        };
        new MiniBatchTrainer<float>(options).Fit(network, images.Train.ToData());
        return new Trained(setting.Name, epochs, Score.Of(network, images.Test).Accuracy, [.. weights.Value.Values]);
    }

    private static double SumOfSquares(ReadOnlySpan<float> values) => System.Numerics.Tensors.TensorPrimitives.SumOfSquares(values);

    private static Table Summary(IReadOnlyList<Trained> runs, Sample[] accuracies)
    {
        var table = new Table(
            "results", "experiment", "lambda", "learning rate", new("train cost", "F3"), new("validation cost", "F3"), new("train accuracy", "P2"),
            new("validation accuracy", "P2"), new("test accuracy", "P2"), new("deviation", "P2"), new("source (CIFAR-10)", "P2"));
        foreach ((Setting setting, Sample accuracy) in Settings.Zip(accuracies))
        {
            EpochScore[] last = [.. runs.Where(run => run.Setting == setting.Name).Select(run => run.Epochs[^1])];
            table.Add(
                setting.Name, setting.Lambda, setting.LearningRate, last.Average(score => score.TrainCost), last.Average(score => score.ValidationCost),
                last.Average(score => score.TrainAccuracy), last.Average(score => score.ValidationAccuracy), accuracy.Mean, accuracy.Deviation, setting.SourceAccuracy);
        }

        return table;
    }

    private static Claim[] Claims(ImageSet images, IReadOnlyList<Trained> runs, Sample[] accuracies)
    {
        double Change(string name, int from)
        {
            IReadOnlyList<EpochScore> epochs = runs.First(run => run.Setting == name).Epochs;
            return Math.Abs(epochs[^1].TrainCost - epochs[from].TrainCost) / epochs[^1].TrainCost;
        }

        double Norm(string name) => Math.Sqrt(SumOfSquares(runs.First(run => run.Setting == name).Weights));
        double Gap(string name) => runs.Where(run => run.Setting == name).Average(run => run.Epochs[^1].TrainAccuracy - run.Epochs[^1].ValidationAccuracy);
        List<Claim> claims =
        [
            new("Experiment D is stable by epoch 5", "stable", FormattableString.Invariant($"the cost changes by {Change("D", 4):P1} from epoch 5 to {Epochs}"), Change("D", 4) < 0.05),
            new("The penalty keeps the weights small", "small", FormattableString.Invariant($"norm of W: B {Norm("B"):F2}, C {Norm("C"):F2}, D {Norm("D"):F2}"), Norm("B") > Norm("C") && Norm("C") > Norm("D")),
        ];
        if (images.IsCifar)
        {
            claims.Add(new("The penalty narrows the gap from training to validation accuracy", "narrower", FormattableString.Invariant($"B {Gap("B"):P1}, C {Gap("C"):P1}, D {Gap("D"):P1}"), Gap("D") < Gap("B")));
            claims.Add(new("Learning rate 0.01 beats 0.1", "34.73 % against 28.33 %", FormattableString.Invariant($"{accuracies[1].Mean:P2} against {accuracies[0].Mean:P2}"), accuracies[1].Mean > accuracies[0].Mean));
            claims.AddRange(Settings.Zip(accuracies, (setting, accuracy) => Level(images, setting, accuracy)));
        }
        else
        {
            claims.Add(new("The strongest penalty costs accuracy", "D 26.76 % below B 34.73 %", FormattableString.Invariant($"D {accuracies[3].Mean:P2} below B {accuracies[1].Mean:P2}"), accuracies[3].Mean < accuracies[1].Mean));
        }

        return [.. claims];
    }

    /// <summary>Within three points of the source, as random starts and other images of the same kind may be.</summary>
    private static Claim Level(ImageSet images, Setting setting, Sample accuracy) => new(
        $"Test accuracy of {setting.Name}",
        FormattableString.Invariant($"{setting.SourceAccuracy:P2}"),
        FormattableString.Invariant($"{accuracy.Mean:P2}"),
        Math.Abs(accuracy.Mean - setting.SourceAccuracy) <= 0.03)
    {
        Reason = $"the source trains on 10,000 images and does not say how it scales pixels; here {images.Train.Count} train, standardised: fewer images profit more from a penalty",
    };

    /// <summary>An experiment of the source.</summary>
    internal sealed record Setting(string Name, double Lambda, double LearningRate, double SourceAccuracy);

    /// <summary>Cost and accuracy after an epoch.</summary>
    internal readonly record struct EpochScore(double TrainCost, double ValidationCost, double TrainAccuracy, double ValidationAccuracy);

    /// <summary>One training: its epochs, its test accuracy and W, row by row.</summary>
    internal sealed record Trained(string Setting, IReadOnlyList<EpochScore> Epochs, double TestAccuracy, float[] Weights);
}
