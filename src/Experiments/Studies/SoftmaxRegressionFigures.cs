namespace EE569.Experiments.Studies;

/// <summary>The figures of <see cref="SoftmaxRegressionStudy"/>.</summary>
internal static class SoftmaxRegressionFigures
{
    public static IEnumerable<Figure> All(ImageSet images, IReadOnlyList<SoftmaxRegressionStudy.Trained> runs) =>
    [
        Curves("cost", runs, score => score.TrainCost, score => score.ValidationCost, null),
        Curves("accuracy", runs, score => score.TrainAccuracy, score => score.ValidationAccuracy, ".0%"),
        Templates(images, runs),
    ];

    private static Figure Curves(
        string name, IReadOnlyList<SoftmaxRegressionStudy.Trained> runs, Func<SoftmaxRegressionStudy.EpochScore, double> train,
        Func<SoftmaxRegressionStudy.EpochScore, double> validation, string? format)
    {
        var table = new Table(name, "experiment", "images", "epoch", name, "low", "high");
        foreach (SoftmaxRegressionStudy.Setting setting in SoftmaxRegressionStudy.Settings)
        {
            SoftmaxRegressionStudy.Trained[] ofSetting = [.. runs.Where(run => run.Setting == setting.Name)];
            string label = FormattableString.Invariant($"{setting.Name}: lambda {setting.Lambda}, rate {setting.LearningRate}");
            for (int epoch = 0; epoch < SoftmaxRegressionStudy.Epochs; epoch++)
            {
                foreach ((string images, Func<SoftmaxRegressionStudy.EpochScore, double> score) in new[] { ("train", train), ("validation", validation) })
                {
                    var sample = Sample.Of(ofSetting.Select(run => score(run.Epochs[epoch])));
                    table.Add(label, images, epoch + 1, sample.Mean, sample.Mean - sample.Deviation, sample.Mean + sample.Deviation);
                }
            }
        }

        string finding = string.Join("; ", SoftmaxRegressionStudy.Settings.Select(setting =>
            FormattableString.Invariant($"{setting.Name} ends at {runs.Where(run => run.Setting == setting.Name).Average(run => train(run.Epochs[^1])):F3} on training and {runs.Where(run => run.Setting == setting.Name).Average(run => validation(run.Epochs[^1])):F3} on validation images")));
        return VegaLite.Figure(
            name,
            $"{char.ToUpperInvariant(name[0])}{name[1..]} on training and validation images",
            $"Four panels with scales of their own, one for each experiment, with the {name} on training and on validation images over {SoftmaxRegressionStudy.Epochs} epochs, each with a band of one deviation over the seeds.",
            $"{finding}.",
            new
            {
                data = VegaLite.Data(table),
                facet = new { field = "experiment", type = "nominal", title = "" },
                columns = 2,
                resolve = new { scale = new { y = "independent" } },
                spec = new LineChart(table, "epoch", name) { YFormat = format, Color = VegaLite.Series("images", ["train", "validation"], ""), Band = ("low", "high") }.Spec(320, 170),
            },
            table);
    }

    private static Figure Templates(ImageSet images, IReadOnlyList<SoftmaxRegressionStudy.Trained> runs)
    {
        var pictures = new Table("template-pictures", "experiment", "class", "picture");
        var statistics = new Table("templates", "experiment", "class", "least weight", "greatest weight", "roughness");
        foreach (SoftmaxRegressionStudy.Trained run in SoftmaxRegressionStudy.Settings.Select(setting => runs.First(run => run.Setting == setting.Name)))
        {
            for (int index = 0; index < images.Train.Classes.Count; index++)
            {
                var template = new WeightTemplate(run.Weights.AsSpan(index * images.Train.Features.Columns, images.Train.Features.Columns).ToArray(), images.Side);
                pictures.Add(run.Setting, images.Train.Classes[index], template.ToDataUri());
                statistics.Add(run.Setting, images.Train.Classes[index], template.Least, template.Greatest, template.Roughness);
            }
        }

        double Roughness(string setting) => statistics.Rows.Where(row => Equals(row[0], setting)).Average(row => (double)row[4]!);
        const int Size = 68;
        return VegaLite.Figure(
            "templates",
            "The rows of W as images",
            "Forty small pictures, a row for each experiment and a column for each class: bright where a pixel speaks for the class.",
            FormattableString.Invariant($"The difference of neighbouring pixels, relative to the range of the weights, is {Roughness("A"):F3} in A and {Roughness("D"):F3} in D: the penalty {(Roughness("D") < Roughness("A") ? "smooths" : "does not smooth")} the templates."),
            new
            {
                data = VegaLite.Data(pictures),
                facet = new
                {
                    row = new { field = "experiment", type = "nominal", title = "", header = new { labelAngle = 0 } },
                    column = new { field = "class", type = "nominal", title = "", sort = images.Train.Classes, header = new { labelFontSize = 10 } },
                },
                spacing = 6,
                spec = new
                {
                    width = Size,
                    height = Size,
                    mark = new { type = "image", width = Size, height = Size, aspect = false, smooth = false },
                    encoding = new { x = new { value = Size / 2 }, y = new { value = Size / 2 }, url = new { field = "picture", type = "nominal" } },
                },
            },
            [statistics],
            [pictures]);
    }
}
