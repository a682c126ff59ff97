using System.CommandLine;
using System.Diagnostics;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 compare</c>: our trainers beside ML.NET's own, on the shipped data sets or on a CSV file.</summary>
internal static class CompareCommand
{
    public static Command Create(Screen screen)
    {
        var table = new TableArguments(required: false);
        var folds = new Option<int>("--folds") { Description = "Number of folds of the cross-validation.", DefaultValueFactory = _ => 5 };
        Option<int> seed = SharedOptions.Seed();
        Option<bool> json = SharedOptions.Json();
        var command = new Command("compare", "Compares our trainers with ML.NET's own by cross-validation: all metrics, times, McNemar's test, confusion matrices.") { folds, seed, json };
        table.AddTo(command);
        folds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
            {
                result.AddError("--folds must be 2 or more.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            IReadOnlyList<LabeledTable> tables = parsed.GetValue(table.Data) is null ? CompareStudy.LoadAll() : [table.Load(parsed, isRegression: false)];
            if (parsed.GetValue(table.Data) is not null && !parsed.GetValue(json))
            {
                ColumnReport.Lines(tables[0]).ToList().ForEach(line => screen.Line(line));
            }

            return Task.Run(() => Run(screen, tables, parsed.GetValue(folds), parsed.GetValue(seed), parsed.GetValue(json), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(Screen screen, IReadOnlyList<LabeledTable> tables, int folds, int seed, bool json, CancellationToken cancellation)
    {
        const string Task = "compare";
        (LabeledTable Table, Learner Learner)[] grid = DataSetComparison.Grid(tables);
        IReadOnlyList<DataSetComparison> comparisons = ProgressDisplay.Run(screen, quiet: json, progress =>
        {
            var clock = Stopwatch.StartNew();
            var scores = new List<LearnerScores>();
            progress.Begin(Task, grid.Length);
            foreach ((LabeledTable table, Learner learner) in grid)
            {
                scores.Add(CrossValidation.Run(table, learner, folds, seed, cancellation));
                progress.CellDone(Task, $"{table.Name}-{learner.Name}", resumed: false);
            }

            progress.End(Task, clock.Elapsed);
            return DataSetComparison.Of(grid, scores);
        });
        if (json)
        {
            screen.Line(JsonText.Of(comparisons));
        }
        else
        {
            Print(screen, comparisons);
            SharedOptions.Notes(screen, tables.SelectMany(table => table.Notes));
        }

        return CommandLine.Success;
    }

    private static void Print(Screen screen, IReadOnlyList<DataSetComparison> comparisons)
    {
        const int MostClassesPrinted = 20;
        foreach (DataSetComparison comparison in comparisons)
        {
            screen.Line();
            screen.Table(ComparisonTables.Metrics(comparison));
            if (comparison.Classes.Count <= MostClassesPrinted)
            {
                foreach (LearnerScores scores in new[] { comparison.BestOfOurs, comparison.Sdca })
                {
                    screen.Table(ComparisonTables.ConfusionMatrix(comparison, scores));
                }
            }
        }

        Table mcnemar = ComparisonTables.McNemar(comparisons);
        screen.Table(mcnemar);
    }
}
