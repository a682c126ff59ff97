using Microsoft.Data.Analysis;
using static EE569.Experiments.Report.HtmlPage;

namespace EE569.Experiments.Card;

/// <summary>The page beside a model: what it was made of and how, how good it is and how sure that is, what it makes of the columns, where it is wrong, and how to repeat it.</summary>
/// <param name="trained">The model.</param>
/// <param name="table">The table it was trained on.</param>
/// <param name="data">The file of the table.</param>
/// <param name="command">The command that trained it.</param>
internal sealed class ModelCard(TrainedModel trained, LabeledTable table, string data, string command)
{
    /// <summary>More rows than these are sampled, so that a card takes seconds whatever the table.</summary>
    private const int MostRows = 5_000;

    private const int MostColumns = 40, MostListed = 300, MostClasses = 100, Strongest = 6, Worst = 10, MostResamples = 200;

    private const int Seed = 1;

    /// <summary>Writes model.html from the model that lies in the folder; returns its path.</summary>
    /// <exception cref="UserException">The model has no answer for any row.</exception>
    public string Write(string folder)
    {
        string page = Path.Combine(folder, "model.html");
        int[] rows = Rows();
        var model = new SavedModel(Path.Combine(folder, "model.zip"));
        Predictions predictions = model.Predict(data, table.Frame[rows], new SilentProgress());
        IEvaluation evaluation = predictions.Evaluate(table.Label);
        IReadOnlyList<(string Name, Sample Rise)> importance = Importance(model, predictions);
        var dependence = new PartialDependence(model, table, predictions.Frame);
        Figure[] shapes = [.. importance.Select((column, i) => (column.Name, Number: i + 1)).Where(column => !IsFreeText(column.Name)).Take(Strongest)
            .Select(column => dependence.Of($"dependence-{column.Number}", column.Name)).OfType<Figure>()];
        string title = $"Model of {table.Label} from {Path.GetFileName(data)}";
        OutputFile.WriteText(page, writer => HtmlPage.Write(writer, title, _ =>
        {
            WriteHead(writer, title, evaluation, rows.Length);
            Section("How good it is", [Intervals(evaluation), .. evaluation.Tables.Skip(1)], evaluation.Figures);
            Section("Which columns matter", [], [ImportanceFigure(importance, evaluation.LossName)]);
            Section("What it makes of the strongest columns", [], shapes);
            Section("Where it is most wrong", [WorstRows(predictions, evaluation, rows, [.. importance.Take(Strongest).Select(column => column.Name)])], []);
            Section("The columns and their preparation", [Columns(), .. table.IsRegression || table.Classes.Count > MostClasses ? Array.Empty<Table>() : [ClassCounts()]], []);
            writer.WriteLine("</main>");

            void Section(string heading, IEnumerable<Table> tables, IEnumerable<Figure> figures)
            {
                writer.WriteLine($"<section>\n<h2>{Text(heading)}</h2>");
                foreach (Table one in tables)
                {
                    WriteTable(writer, one);
                }

                foreach (Figure one in figures)
                {
                    WriteFigure(writer, one.Id, one, []);
                }

                writer.WriteLine("</section>");
            }
        }));
        return page;
    }

    /// <summary>The rows set aside, or all where none were; a sample where they are many.</summary>
    private int[] Rows()
    {
        int[] rows = [.. trained.SetAside.Count > 0 ? trained.SetAside : Enumerable.Range(0, (int)table.Rows)];
        if (rows.Length <= MostRows)
        {
            return rows;
        }

        new SplitMix64(Seed).Shuffle(rows.AsSpan());
        return [.. rows.Take(MostRows).Order()];
    }

    private void WriteHead(TextWriter writer, string title, IEvaluation evaluation, int rows)
    {
        IEnumerable<string> options = trained.Choice.ToJson().Skip(1).Where(option => option.Value is not null)
            .Select(option => $"{option.Key} {option.Value!.ToJsonString().Replace("\"", "", StringComparison.Ordinal)}");
        string which = trained.SetAside.Count > 0 ? "set aside for validation, which neither training nor preparation saw" : "it was trained on, so that the figures flatter it: --validation-fraction 0.2 sets rows aside";
        IReadOnlyList<string> warnings = [.. trained.Warnings, .. evaluation.Notes];
        writer.WriteLine($"""
            <header>
            <h1>{Text(title)}</h1>
            {Definitions(
                ("Data", Text(FormattableString.Invariant($"{data}: {table.Rows} rows, {table.Columns.Count} columns beside the label; {table.Dialect}"))),
                ("Label", Text($"{table.Label}, {(table.IsRegression ? "numbers" : $"{table.Classes.Count} classes")}")),
                ("Trainer", Text(trained.Choice.Trainer)),
                ("Options", Text(string.Join(", ", options))),
                ("Epochs", Text($"{trained.Epochs.Count} ({trained.Reason}); the model is {trained.KeptInWords}")),
                ("Judged on", Text($"{rows} rows{(rows == MostRows ? ", a sample of those" : "")} {which}")),
                ("Warnings", Text(warnings.Count > 0 ? string.Join(' ', warnings) : "none")),
                ("Versions", Text(RunDescription.Versions)),
                ("Command", $"<code>{Text(command)}</code>"))}
            </header>
            <main>
            """);
    }

    private static Table Intervals(IEvaluation evaluation)
    {
        // Evaluating costs in proportion to rows and figures of a class; the fewer resamples, the coarser the interval.
        int rows = evaluation.RowLosses.Count, resamples = (int)Math.Clamp(4_000_000L / rows / evaluation.Measures.Count, 50, MostResamples);
        var intervals = Bootstrap.Intervals(rows, resamples, Seed, sample => [.. evaluation.Resampled(sample).Measures.Select(measure => measure.Value)]);
        var figures = new Table("figures", "figure", new("value", "G4"), new("low", "G4"), new("high", "G4")) { Title = $"Figures with 95 % intervals ({(evaluation is ClassEvaluation ? "accuracy: Wilson's; else " : "")}{resamples} bootstrap samples of the rows)" };
        if (evaluation is ClassEvaluation { Right: var right } && WilsonInterval.For(right, rows) is var accuracy)
        {
            intervals[0] = (accuracy.Low, accuracy.High); // where all or none are right every resample says the same
        }

        return evaluation.Measures.Zip(intervals).Aggregate(figures, (all, one) => all.Add(one.First.Name, one.First.Value, one.Second?.Low, one.Second?.High));
    }

    /// <summary>How much each column matters; of many columns those that one shuffle over few rows finds the strongest.</summary>
    private IReadOnlyList<(string Name, Sample Rise)> Importance(SavedModel model, Predictions predictions)
    {
        string[] columns = [.. model.InputSchema.Select(column => column.Name)];
        IReadOnlyList<(string Name, Sample Rise)> Measure(int mostRows, int repeats, string[] names) =>
            PermutationImportance.Measure(model, predictions, table.Label, Seed, new SilentProgress(), mostRows, repeats, names).Columns;
        if (columns.Length > MostColumns)
        {
            columns = [.. Measure(100, 1, columns).Take(MostColumns).Select(column => column.Name)];
        }

        return Measure(Math.Clamp(100_000 / model.InputSchema.Count, 200, MostRows), PermutationImportance.Repeats, columns);
    }

    private static Figure ImportanceFigure(IReadOnlyList<(string Name, Sample Rise)> importance, string loss)
    {
        var table = new Table("importance", "column", "rise", "low", "high");
        foreach ((string name, Sample rise) in importance)
        {
            table.Add(name, rise.Mean, rise.Interval.Low, rise.Interval.High);
        }

        var y = new { field = "column", type = "nominal", title = "", sort = importance.Select(column => column.Name), axis = new { labelLimit = 260 } };
        string title = $"rise of {loss}";
        object color = new { value = VegaLite.ClassColors[0] };
        return VegaLite.Figure(
            "importance",
            $"Permutation importance{(importance.Count == MostColumns ? $" of the {MostColumns} strongest columns" : "")}",
            $"For each column a point, how much the {loss} rises when its cells are dealt out anew among the rows, with the 95 % interval over {PermutationImportance.Repeats} shuffles.",
            FormattableString.Invariant($"The {loss} rises most, by {importance[0].Rise.Mean:G3}, without {importance[0].Name}; {importance.Count(column => column.Rise.Interval.Low <= 0)} of {importance.Count} columns may as well not be there, beside the others."),
            new
            {
                width = "container",
                height = 22 * importance.Count,
                autosize = new { type = "fit-x", contains = "padding" },
                data = VegaLite.Data(table),
                layer = (object[])
                [
                    new { mark = new { type = "rule", strokeWidth = 2 }, encoding = new { y, x = VegaLite.Quantity("low", title, zero: true), x2 = new { field = "high" }, color } },
                    new { mark = new { type = "point", filled = true, size = 70 }, encoding = new { y, x = VegaLite.Quantity("rise", title, zero: true), color, tooltip = table.Columns.Select(column => new { field = column.Name }) } },
                ],
            },
            table);
    }

    private Table WorstRows(Predictions predictions, IEvaluation evaluation, int[] rows, string[] columns)
    {
        int[] answered = predictions.AnsweredRows;
        string loss = table.IsRegression ? "distance" : "loss (nats)";
        var worst = new Table("worst", ["row", "actual", "predicted", new(loss, "G3"), .. columns.Select(name => new Column(name))])
        {
            Title = $"The {Math.Min(Worst, answered.Length)} rows with the largest {loss}: their number in the file, not counting the header, and their strongest columns",
        };
        foreach ((double distance, int i) in evaluation.RowLosses.Select((value, i) => (value, i)).OrderByDescending(one => one.value).Take(Worst))
        {
            object? predicted = predictions is NumberPredictions numbers ? numbers.Scores[answered[i]] : ((ClassPredictions)predictions).Labels[answered[i]];
            DataFrameColumnCollection cells = predictions.Frame.Columns;
            worst.Add([rows[answered[i]] + 1, cells[table.Label][answered[i]], predicted, distance, .. columns.Select(name => Cell(cells[name][answered[i]]))]);
        }

        return worst;
    }

    private static object? Cell(object? value) => value switch
    {
        float.NaN => null,
        DateTime date => date.ToString("s", CultureInfo.InvariantCulture),
        string text => ColumnReader.Shortened(text),
        _ => value,
    };

    private Table Columns()
    {
        var prepared = trained.Preparation.Columns.ToDictionary(column => column.Name);
        string more = table.Columns.Count > MostListed ? $"; the first {MostListed} of {table.Columns.Count}" : "";
        var columns = new Table("columns", "column", "taken for", "missing", "different", "as read", "preparation", "features") { Title = $"Columns{more}" };
        foreach (LoadedColumn column in table.Columns.Take(MostListed))
        {
            FeaturizedColumn became = prepared[column.Name];
            string read = string.Join(", ", new[] { column.Note, column.Warning }.OfType<string>());
            columns.Add(column.Name, became.Kind.ToString().ToLowerInvariant(), column.Missing, column.DistinctText, read, became.Treatment, became.SlotCount);
        }

        return columns;
    }

    private Table ClassCounts()
    {
        var counts = table.Labels.CountBy(label => label).ToDictionary();
        return table.Classes.Aggregate(new Table("classes", "class", "rows") { Title = "Classes of all rows" }, (all, name) => all.Add(name, counts.GetValueOrDefault(name)));
    }

    private bool IsFreeText(string column) => trained.Preparation.Columns.Single(one => one.Name == column).Kind == TableColumnKind.Text;
}
