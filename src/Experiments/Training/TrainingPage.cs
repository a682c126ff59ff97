using static EE569.Experiments.Report.HtmlPage;

namespace EE569.Experiments.Training;

/// <summary>The page about a training: its settings, its learning curves and, after a sweep, the loss over the learning rate.</summary>
/// <param name="model">The training.</param>
/// <param name="data">The file it was trained on.</param>
internal sealed class TrainingPage(TrainingCourse model, string data)
{
    public const string FileName = "training.html";

    /// <summary>Writes training.html and the figures of the sweep as CSV; returns their paths.</summary>
    public IReadOnlyList<string> Write(string folder)
    {
        string page = Path.Combine(folder, FileName);
        IReadOnlyList<Figure> figures = TrainingFigures.All(model);
        OutputFile.WriteText(page, writer => WriteTo(writer, figures, ""));
        if (model.Sweep is null || figures.FirstOrDefault(figure => figure.Id == TrainingFigures.Sweep) is not { } sweep)
        {
            return [page];
        }

        string rates = Path.Combine(folder, "learning-rate.csv");
        OutputFile.WriteText(rates, sweep.Data[0].WriteCsv);
        return [page, rates];
    }

    /// <summary>Writes the page of a training that runs.</summary>
    /// <param name="page">Where to.</param>
    /// <param name="controls">What stands between the head and the curves.</param>
    /// <param name="script">What keeps them up to date.</param>
    public void WriteLive(TextWriter page, string controls, string script) => WriteTo(page, TrainingFigures.All(model), controls, script);

    private void WriteTo(TextWriter page, IReadOnlyList<Figure> figures, string controls, params string[] scripts) =>
        HtmlPage.Write(page, $"Training on {Path.GetFileName(data)}", _ => WriteBody(page, figures, controls), scripts);

    private void WriteBody(TextWriter page, IReadOnlyList<Figure> figures, string controls)
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
            {controls}<section>
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
