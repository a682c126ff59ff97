namespace EE569.Experiments.Studies;

/// <summary>Learning-rate schedules against a constant rate where single examples make the steps noisy.</summary>
internal sealed class SchedulesQuestion : IQuestion
{
    private const int Epochs = 60;

    private const double Rate = 0.1;

    public Answer Ask(StudyContext context)
    {
        (Examples circles, _) = Circles.Shipped();
        (string Name, Schedule Schedule)[] schedules =
        [
            ("constant", Schedules.Constant),
            ("step: a tenth after each third", Schedules.StepDecay(every: (long)Epochs * circles.Count / 3)),
            ("1 / t", Schedules.TimeBased(decay: 10.0 / (Epochs * circles.Count))),
            ("cosine", Schedules.Cosine()),
            ("one-cycle", Schedules.OneCycle()),
        ];
        IReadOnlyList<Fit> fits = context.RunCells(schedules, item => $"schedule-{item.Name.Replace('/', '-').Replace(':', '-')}", item => Fit.Run(Networks.CirclesMlp(context.Options.Seed), circles, test: null, new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 1,
            LearningRate = Rate,
            Schedule = item.Schedule,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        }));
        var table = new Table("schedules", "schedule", "epoch", "loss");
        foreach ((string name, Fit fit) in schedules.Select(item => item.Name).Zip(fits))
        {
            for (int epoch = 0; epoch < fit.TrainLosses.Length; epoch++)
            {
                table.Add(name, epoch + 1, fit.TrainLosses[epoch]);
            }
        }

        (string best, Fit bestFit) = schedules.Select(item => item.Name).Zip(fits).MinBy(pair => pair.Second.Train.Loss);
        double constant = fits[0].Train.Loss, cosine = fits[3].Train.Loss;
        return new Answer(
            VegaLite.Figure(
                "schedules",
                "Does a schedule help?",
                "Loss over the epochs on the circles at batch 1 for five schedules: the constant rate goes on shaking, the falling ones settle.",
                FormattableString.Invariant($"At batch 1 and a first rate of {Rate} the loss after {Epochs} epochs is {constant:F3} with a constant rate and {cosine:F3} with a cosine schedule; the lowest is {best} with {bestFit.Train.Loss:F3}. A rate that falls lets the weights settle where noisy steps of constant length keep them moving."),
                new LineChart(table, "epoch", "loss") { Color = VegaLite.Series("schedule", [.. schedules.Select(item => item.Name)]), YTitle = "training loss" }.Full(height: 260),
                table),
            new Claim("A falling rate ends lower than a constant one when steps are noisy", "expected by theory", FormattableString.Invariant($"{cosine:F3} against {constant:F3}"), cosine < constant));
    }
}
