namespace EE569.Experiments.Studies;

/// <summary>Plain SGD against momentum and the adaptive methods, at the same small learning rate.</summary>
internal sealed class AdaptiveMethodsQuestion : IQuestion
{
    private const int Epochs = 60;

    private const double Rate = 0.01;

    private static readonly Method[] Methods =
    [
        new("SGD", new SGD<float>()),
        new("momentum", new Momentum<float>()),
        new("Nesterov momentum", new Nesterov<float>()),
        new("AdaGrad", new AdaGrad<float>()),
        new("RMSProp", new RMSProp<float>()),
        new("Adam", new Adam<float>()),
    ];

    public Answer Ask(StudyContext context)
    {
        Examples circles = LabeledCsv.ReadShipped("circles.csv");
        IReadOnlyList<Fit> fits = context.RunCells(Methods, method => $"methods-{Array.IndexOf(Methods, method)}", method => Fit.Run(Networks.CirclesMlp(context.Options.Seed), circles, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 20,
            LearningRate = Rate,
            Optimizer = method.Optimizer,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        }));
        var table = new Table("methods", "method", "epoch", "loss");
        foreach ((Method method, Fit fit) in Methods.Zip(fits))
        {
            for (int epoch = 0; epoch < fit.TrainLosses.Length; epoch++)
            {
                table.Add(method.Name, epoch + 1, fit.TrainLosses[epoch]);
            }
        }

        (Method best, Fit bestFit) = Methods.Zip(fits).MinBy(pair => pair.Second.Train.Loss);
        double plain = fits[0].Train.Loss, adam = fits[5].Train.Loss;
        return new Answer(
            VegaLite.Figure(
                "methods",
                "Do momentum and adaptive methods help?",
                "Loss over the epochs on the circles for six methods; plain SGD is the slowest, the adaptive ones fall soonest.",
                FormattableString.Invariant($"At learning rate {Rate} plain SGD is at a loss of {plain:F3} after {Epochs} epochs, Adam at {adam:F3}; the lowest is {best.Name} with {bestFit.Train.Loss:F3}. Methods that scale each step by the gradients seen so far make up for a rate that is too small, which SGD cannot."),
                new LineChart(table, "epoch", "loss") { Color = VegaLite.Series("method", [.. Methods.Select(method => method.Name)]), YTitle = "training loss" }.Full(height: 260),
                table),
            new Claim("Adam gets further than plain SGD at a small learning rate", "expected by theory", FormattableString.Invariant($"{adam:F3} against {plain:F3}"), adam < plain));
    }

    private sealed record Method(string Name, Optimizer<float> Optimizer);
}
