namespace EE569.Experiments.Training;

/// <summary>The curves of a training.</summary>
internal static class TrainingFigures
{
    /// <summary>Id of the figure of the learning-rate sweep.</summary>
    public const string Sweep = "learning-rate";

    private static readonly int[] Dashes = [6, 4];

    private const string Train = "training", Validation = "validation";

    /// <param name="model">The training.</param>
    /// <param name="after">The curves are of what came after so many epochs.</param>
    /// <returns>The figures; none before the first epoch ends.</returns>
    public static IReadOnlyList<Figure> All(TrainingCourse model, int after = 0)
    {
        if (model.Kept is not { Count: > 0 } kept)
        {
            return [];
        }

        EpochRecord last = model.Epochs[^1];
        bool isValidated = kept[0].ValidationLoss is not null;
        string mean = kept.Count > 1 ? "mean " : "";
        string loss = FormattableString.Invariant($"The model is {model.KeptInWords} of {model.Epochs.Count} ({model.Reason}), with a {mean}{(isValidated ? Validation : Train)} loss of {kept.Average(TrainingCourse.LossOf):F4}; in the last epoch the training loss is {last.TrainLoss:F4}.");
        string there = kept.Count > 1 ? "In these epochs" : $"In epoch {kept[0].Epoch}";
        string metric = FormattableString.Invariant($"{there} the {mean}{model.Metric} is {kept.Average(epoch => epoch.TrainMetric):F4} on the training rows{(isValidated ? FormattableString.Invariant($" and {kept.Average(epoch => epoch.ValidationMetric):F4} on the validation rows") : "")}.");
        List<Figure> figures =
        [
            Curve("loss", "Loss over the epochs", loss, model, after, epoch => (epoch.TrainLoss, epoch.ValidationLoss)),
            Curve(model.Metric, $"{char.ToUpperInvariant(model.Metric[0])}{model.Metric[1..]} over the epochs", metric, model, after, epoch => (epoch.TrainMetric, epoch.ValidationMetric)),
        ];
        return model.Sweep is { Points.Count: > 0 } sweep ? [.. figures, LearningRates(sweep, model.Choice.Options.LearningRate)] : figures;
    }

    private static Figure Curve(string name, string title, string finding, TrainingCourse model, int after, Func<EpochRecord, (double Train, double? Validation)> values)
    {
        var table = new Table(name, "rows", "network", "epoch", name);
        foreach (EpochRecord epoch in model.Epochs.Skip(after))
        {
            (double train, double? validation) = values(epoch);
            table.Add(Train, epoch.Network, epoch.Epoch, train);
            if (validation is not null)
            {
                table.Add(Validation, epoch.Network, epoch.Epoch, validation);
            }
        }

        string[] series = [.. table.Values<string>("rows").Distinct()];
        return VegaLite.Figure(
            name.ToLowerInvariant(),
            title,
            $"The {name} over the epochs, a line for the {string.Join(" and one for the ", series)} rows.",
            finding,
            new LineChart(table, "epoch", name) { Color = VegaLite.Series("rows", series, ""), Detail = "network", Points = model.Epochs.Count < 5 }.Full(),
            table);
    }

    private static Figure LearningRates(LearningRateSweep sweep, double chosen)
    {
        var table = new Table("learning-rate", "learning rate", "loss", "smoothed loss");
        foreach (LearningRateLoss point in sweep.Points)
        {
            table.Add(point.LearningRate, point.Loss, point.SmoothedLoss);
        }

        LearningRateLoss lowest = sweep.Points.MinBy(point => point.SmoothedLoss);
        var choice = new Table("chosen-learning-rate", "learning rate").Add(chosen);
        return VegaLite.Figure(
            Sweep,
            "Loss while the learning rate rises",
            "The smoothed loss of the batches over a logarithmic axis of learning rates: level, then falling, then rising steeply; a vertical line marks the rate used.",
            FormattableString.Invariant($"The loss is lowest at rate {lowest.LearningRate:G2}; a tenth of that, {sweep.Suggestion:G2}, is suggested, and {chosen:G2} was used."),
            new
            {
                width = "container",
                height = 300,
                autosize = new { type = "fit-x", contains = "padding" },
                layer = (object[])
                [
                    new
                    {
                        data = VegaLite.Data(table),
                        mark = new { type = "line", clip = true, strokeWidth = 2 },
                        encoding = new { x = VegaLite.Quantity("learning rate", log: true), y = VegaLite.Quantity("smoothed loss") },
                    },
                    new { data = VegaLite.Data(choice), mark = new { type = "rule", strokeDash = Dashes }, encoding = new { x = VegaLite.Quantity("learning rate", log: true) } },
                ],
            },
            table,
            choice);
    }
}
