using static EE569.Experiments.Report.HtmlPage;

namespace EE569.Experiments.Training;

/// <summary>The page about a training: its settings, its learning curves and, after a sweep, the loss over the learning rate.</summary>
/// <param name="model">What was trained.</param>
/// <param name="data">The file it was trained on.</param>
internal sealed class TrainingPage(TrainedModel model, string data)
{
    /// <summary>Writes training.html and the figures of the sweep as CSV; returns their paths.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        string page = Path.Combine(folder, "training.html");
        IReadOnlyList<Figure> figures = TrainingFigures.All(model);
        OutputFile.WriteText(page, writer => HtmlPage.Write(writer, $"Training on {Path.GetFileName(data)}", _ => WriteBody(writer, figures)));
        if (model.Sweep is null || figures.FirstOrDefault(figure => figure.Id == TrainingFigures.Sweep) is not { } sweep)
        {
            return [page];
        }

        string rates = Path.Combine(folder, "learning-rate.csv");
        OutputFile.WriteText(rates, sweep.Data[0].WriteCsv);
        return [page, rates];
    }

    private void WriteBody(TextWriter page, IReadOnlyList<Figure> figures)
    {
        IEnumerable<string> options = model.Choice.ToJson().Skip(1).Where(option => option.Value is not null)
            .Select(option => $"{option.Key} {option.Value!.ToJsonString().Replace("\"", "", StringComparison.Ordinal)}");
        page.WriteLine($"""
            <header>
            <h1>Training on {Text(Path.GetFileName(data))}</h1>
            {Definitions(
                ("Trainer", Text(model.Choice.Trainer)),
                ("Options", Text(string.Join(", ", options))),
                ("Epochs", Text($"{model.Epochs.Count} of at most {model.Choice.Epochs} ({model.Reason}); the model is {model.KeptInWords}")),
                ("Warnings", Text(model.Warnings.Count > 0 ? string.Join(' ', model.Warnings) : "none")))}
            </header>
            <main>
            <section>
            <h2>Learning curves</h2>
            """);
        foreach (Figure figure in figures)
        {
            string file = figure.Id == TrainingFigures.Sweep ? "learning-rate.csv" : "history.csv";
            WriteFigure(page, figure.Id, figure, [Link(file, file)]);
        }

        page.WriteLine("</section>\n</main>");
    }
}
