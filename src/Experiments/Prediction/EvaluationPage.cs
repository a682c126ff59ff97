using static EE569.Experiments.Report.HtmlPage;

namespace EE569.Experiments.Prediction;

/// <summary>The page about an evaluation: its figures, tables and charts.</summary>
internal static class EvaluationPage
{
    /// <summary>Writes evaluation.html and the charts' data as CSV; returns their paths.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="model">The model's file.</param>
    /// <param name="data">The file it was evaluated on.</param>
    /// <param name="label">The column of the labels.</param>
    /// <param name="evaluation">The figures.</param>
    /// <param name="warnings">What the user should know besides.</param>
    public static IReadOnlyList<string> Write(string folder, string model, string data, string label, IEvaluation evaluation, IReadOnlyList<string> warnings)
    {
        IReadOnlyList<Figure> figures = evaluation.Figures;
        string page = Path.Combine(folder, "evaluation.html");
        List<string> files = [page];
        foreach (Table table in figures.Select(figure => figure.Data[0]).DistinctBy(table => table.Name))
        {
            files.Add(Path.Combine(folder, $"{table.Name}.csv"));
            OutputFile.WriteText(files[^1], table.WriteCsv);
        }

        OutputFile.WriteText(page, writer => HtmlPage.Write(writer, $"Evaluation on {Path.GetFileName(data)}", _ =>
        {
            writer.WriteLine($"""
                <header>
                <h1>Evaluation on {Text(Path.GetFileName(data))}</h1>
                {Definitions(
                    ("Model", Text(model)),
                    ("Label", Text(label)),
                    ("Result", Text(evaluation.Summary)),
                    ("Notes", Text(warnings.Count > 0 ? string.Join(' ', warnings) : "none")))}
                </header>
                <main>
                <section>
                <h2>Figures</h2>
                """);
            foreach (Table table in evaluation.Tables)
            {
                WriteTable(writer, table);
            }

            writer.WriteLine("</section>\n<section>\n<h2>Charts</h2>");
            foreach (Figure figure in figures)
            {
                string file = $"{figure.Data[0].Name}.csv";
                WriteFigure(writer, figure.Id, figure, [Link(file, file)]);
            }

            writer.WriteLine("</section>\n</main>");
        }));
        return files;
    }
}
