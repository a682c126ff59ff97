using System.CommandLine;
using System.Diagnostics;

namespace EE569.Experiments.Commands;

/// <summary><c>ee569 compare</c>: our trainers beside ML.NET's own, on the shipped data sets or on a table.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    /// <summary>A rank is done with its learners long before another.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(7);

    public static Command Create(Screen screen)
    {
        var table = new TableArguments(required: false);
        var folds = new Option<int>("--folds") { Description = "Number of folds of the cross-validation.", DefaultValueFactory = _ => 5 };
        var trainers = new Option<string[]>("--trainers") { Description = "Learners to compare; all that suit the label when left out.", AllowMultipleArgumentsPerToken = true };
        trainers.AcceptOnlyFromAmong([.. Learners.Names]);
        Option<string?> task = SharedOptions.Task();
        Option<int> seed = SharedOptions.Seed();
        Option<bool> json = SharedOptions.Json();
        var command = new Command(Name, "Compares our trainers with ML.NET's own by cross-validation: all metrics, times, tests of the differences, confusion matrices.") { task, trainers, folds, seed, json };
        table.AddTo(command);
        folds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
            {
                result.AddError("--folds must be 2 or more.");
            }
        });
        command.SetAction((parsed, cancellation) => Task.Run(
            () =>
            {
                using Ranks? ranks = Ranks.Join(isAsked: false, LongestWait);
                return ranks is null ? Compare(screen, null) : ranks.Guard(() => Compare(ranks.IsFirst ? screen : Screen.Silent, ranks));

                int Compare(Screen screen, Ranks? ranks)
                {
                    bool isOwn = parsed.GetValue(table.Data) is not null, quiet = parsed.GetValue(json);
                    bool? isRegression = parsed.GetValue(task) is { } said ? said == TableSettings.Regression : null;
                    IReadOnlyList<LabeledTable> tables = Ranks.Together(ranks, () => isOwn ? [table.Load(parsed, isRegression)] : CompareStudy.LoadAll());
                    if (isOwn && !quiet)
                    {
                        // Each fold prepares its own training rows; what becomes of all rows is told.
                        ColumnReport.Lines(tables[0], Featurizer.Fit(tables[0])).ToList().ForEach(line => screen.Line(line));
                    }

                    return Run(screen, DataSetComparison.Grid(tables, parsed.GetValue(trainers)), parsed.GetValue(folds), parsed.GetValue(seed), quiet, ranks, cancellation);
                }
            },
            CancellationToken.None));
        return command;
    }

    private static int Run(Screen screen, (LabeledTable Table, Learner Learner)[] grid, int folds, int seed, bool json, Ranks? ranks, CancellationToken cancellation)
    {
        IReadOnlyList<DataSetComparison> comparisons = ProgressDisplay.Run(screen, quiet: json, progress =>
        {
            var clock = Stopwatch.StartNew();
            progress.Begin(Name, grid.Sum(cell => folds * CrossValidation.Repetitions(cell.Table)));
            IReadOnlyList<LearnerScores> scores = Ranks.InTurn(ranks, grid.Length, i => CrossValidation.Run(
                grid[i].Table, grid[i].Learner, folds, seed, cancellation, onFold: () => progress.CellDone(Name, $"{grid[i].Table.Name}-{grid[i].Learner.Name}", resumed: false)));
            progress.End(Name, clock.Elapsed);
            return DataSetComparison.Of(grid, scores);
        });
        if (json)
        {
            screen.Line(JsonText.Of(comparisons));
        }
        else
        {
            Print(screen, comparisons);
        }

        SharedOptions.Notes(screen, grid.Select(cell => cell.Table).Distinct().SelectMany(table => table.Notes));

        return CommandLine.Success;
    }

    private static void Print(Screen screen, IReadOnlyList<DataSetComparison> comparisons)
    {
        const int MostClassesPrinted = 20;
        foreach (DataSetComparison comparison in comparisons)
        {
            screen.Line();
            screen.Table(ComparisonTables.Metrics(comparison));
            if (!comparison.IsRegression && comparison.Classes.Count <= MostClassesPrinted)
            {
                foreach (LearnerScores scores in comparison.Best)
                {
                    screen.Table(ComparisonTables.ConfusionMatrix(comparison, scores));
                }
            }
        }

        foreach (Table table in new[] { ComparisonTables.McNemar(comparisons), ComparisonTables.RmseDifferences(comparisons) }.Where(table => table.Rows.Count > 0))
        {
            screen.Table(table);
        }

        SharedOptions.Warn(screen, from comparison in comparisons from scores in comparison.Scores from warning in scores.Warnings select $"{comparison.Name}, {scores.Learner}: {warning}");
    }
}
