namespace EE569.Experiments.Studies;

/// <summary>A large network on few points: where the validation loss turns, and what stopping there saves.</summary>
internal sealed class EarlyStoppingQuestion : IQuestion
{
    private const int Epochs = 400, Patience = 50;

    public Answer Ask(StudyContext context)
    {
        Examples few = Circles.Draw(perClass: 30, context.Options.Seed + 100);
        Examples validation = Circles.Draw(perClass: 200, context.Options.Seed + 101);
        Fit Train(bool stopEarly) => Fit.Run(
            new FeedForward { Inputs = 2, HiddenLayers = [64, 64], Outputs = 2, Activation = Activation.Tanh, Seed = (ulong)context.Options.Seed }.Build<float>(),
            few,
            validation,
            new TrainingOptions<float>
            {
                NumberOfEpochs = Epochs,
                BatchSize = 10,
                LearningRate = 0.01,
                Optimizer = new Adam<float>(),
                Seed = (ulong)context.Options.Seed,
                EarlyStopping = stopEarly ? new EarlyStopping { Patience = Patience } : null,
                CancellationToken = context.Cancellation,
            });
        IReadOnlyList<Fit> fits = context.RunCells([false, true], stop => $"early-stopping-{stop}", Train);
        (Fit all, Fit stopped) = (fits[0], fits[1]);
        var table = new Table("early-stopping", "points", "epoch", "loss");
        for (int epoch = 0; epoch < all.TrainLosses.Length; epoch++)
        {
            table.Add("training (60)", epoch + 1, all.TrainLosses[epoch]);
            table.Add("validation (400)", epoch + 1, all.TestLosses[epoch]);
        }

        int turn = Array.IndexOf(all.TestLosses, all.TestLosses.Min()) + 1;
        string found = FormattableString.Invariant($"{stopped.Test!.Value.Loss:F3} after {stopped.TestLosses.Length} epochs against {all.Test!.Value.Loss:F3} after {all.TestLosses.Length}");
        return new Answer(
            VegaLite.Figure(
                "early-stopping",
                "When to stop?",
                "Training and validation loss over 400 epochs: both fall at first, then the validation loss turns and rises while the training loss goes on falling.",
                FormattableString.Invariant($"A 2-64-64-2 network on 60 points has its lowest validation loss in epoch {turn}; then it learns the noise. Stopping with patience {Patience} and going back to the best weights leaves a validation loss of {found}, and takes {stopped.Seconds / all.Seconds:P0} of the time."),
                new LineChart(table, "epoch", "loss") { LogY = true, Color = VegaLite.Series("points", ["training (60)", "validation (400)"]) }.Full(height: 240),
                table),
            new Claim("Stopping early gives a lower validation loss than training on", "expected by theory", found, stopped.Test.Value.Loss < all.Test.Value.Loss));
    }
}
