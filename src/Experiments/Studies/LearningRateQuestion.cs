namespace EE569.Experiments.Studies;

/// <summary>A learning rate that is too small, one that is right, and one that is too large.</summary>
internal sealed class LearningRateQuestion : IQuestion
{
    private const int Epochs = 60;

    private static readonly (string Name, double Rate)[] Rates = [("0.003, too small", 0.003), ("0.3, right", 0.3), ("20, too large", 20)];

    public Answer Ask(StudyContext context)
    {
        Examples circles = LabeledCsv.ReadShipped("circles.csv");
        IReadOnlyList<Fit> fits = context.RunCells(Rates, rate => FormattableString.Invariant($"learning-rate-{rate.Rate}"), rate => Fit.Run(Networks.CirclesMlp(context.Options.Seed), circles, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 20,
            LearningRate = rate.Rate,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        }));
        var table = new Table("learning-rate", "learning rate", "epoch", "loss");
        foreach (((string name, _), Fit fit) in Rates.Zip(fits))
        {
            for (int epoch = 0; epoch < fit.TrainLosses.Length; epoch++)
            {
                table.Add(name, epoch + 1, fit.TrainLosses[epoch]);
            }
        }

        double small = fits[0].TrainLosses[^1], right = fits[1].TrainLosses[^1], large = fits[2].TrainLosses[^1];
        string wild = fits[2].StopReason == StopReason.Diverged ? $"diverged in epoch {fits[2].TrainLosses.Length}" : FormattableString.Invariant($"{large:F2}");
        string found = FormattableString.Invariant($"{small:F3} too small, {right:F3} right, {wild} too large");
        return new Answer(
            VegaLite.Figure(
                "learning-rate",
                "What if the learning rate is too small or too large?",
                "Loss over the epochs on the circles for three learning rates, on a logarithmic axis: one creeps, one falls, one jumps about far above.",
                $"The loss of the last epoch is {found}: too small a rate creeps along the slope, too large a one jumps across the valley and is thrown out of it.",
                new LineChart(table, "epoch", "loss") { LogY = true, Color = VegaLite.Series("learning rate", [.. Rates.Select(rate => rate.Name)]), YTitle = "training loss" }.Full(height: 220),
                table),
            new Claim("There is a learning rate in between that beats both ends", "expected by theory", found, right < small && !(large <= right)));
    }
}
