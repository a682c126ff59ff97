namespace EE569.Experiments.Studies;

/// <summary>Full batch, mini-batch and online learning at the same learning rate.</summary>
internal sealed class UpdateFrequencyQuestion : IQuestion
{
    private const int Epochs = 60;

    private static readonly (string Name, int Batch)[] Modes = [("online (1)", 1), ("mini-batch (20)", 20), ("full batch (400)", 400)];

    public Answer Ask(StudyContext context)
    {
        Examples circles = LabeledCsv.ReadShipped("circles.csv");
        IReadOnlyList<Fit> fits = context.RunCells(Modes, mode => $"update-frequency-{mode.Batch}", mode => Fit.Run(Networks.CirclesMlp(context.Options.Seed), circles, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = mode.Batch,
            LearningRate = 0.1,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        }));
        var table = new Table("update-frequency", "mode", "epoch", "loss");
        foreach (((string name, _), Fit fit) in Modes.Zip(fits))
        {
            for (int epoch = 0; epoch < fit.TrainLosses.Length; epoch++)
            {
                table.Add(name, epoch + 1, fit.TrainLosses[epoch]);
            }
        }

        double online = fits[0].Train.Loss, mini = fits[1].Train.Loss, full = fits[2].Train.Loss;
        string found = FormattableString.Invariant($"{online:F3} online, {mini:F3} mini-batch, {full:F3} full batch");
        return new Answer(
            VegaLite.Figure(
                "update-frequency",
                "Full batch, mini-batch or online?",
                "Loss over the epochs on the circles: online falls first and shakes, mini-batch follows smoothly, full batch hardly moves.",
                FormattableString.Invariant($"After {Epochs} epochs at learning rate 0.1 the loss is {found}; the times are {fits[0].Seconds * 1e3:F0}, {fits[1].Seconds * 1e3:F0} and {fits[2].Seconds * 1e3:F0} ms."),
                new LineChart(table, "epoch", "loss") { Color = VegaLite.Series("mode", [.. Modes.Select(mode => mode.Name)], ""), YTitle = "training loss" }.Full(height: 220),
                table),
            new Claim("With the same epochs and rate, more frequent updates get further", "expected by theory", found, mini < full && online < full));
    }
}
