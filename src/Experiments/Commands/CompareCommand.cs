using System.CommandLine;
using System.Diagnostics;
using EE569.Experiments.Comparison;
using EE569.Experiments.Data;
using EE569.Experiments.Data.Csv;
using EE569.Experiments.Results;
using EE569.Experiments.Studies;
using EE569.Experiments.Terminal;

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
            IReadOnlyList<LabeledTable> tables = parsed.GetValue(table.Data) is null
                ? [.. CompareStudy.DataSets.Select(name => LabeledTable.Load(LabeledCsv.ShippedPath($"{name}.csv"), TableOptions.AllNumeric("Label")))]
                : [table.Load(parsed)];
            return Task.Run(() => Run(screen, tables, parsed.GetValue(folds), parsed.GetValue(seed), parsed.GetValue(json), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(Screen screen, IReadOnlyList<LabeledTable> tables, int folds, int seed, bool json, CancellationToken cancellation)
    {
        string scratch = Directory.CreateTempSubdirectory("ee569-").FullName;
        try
        {
            var options = new StudyOptions(Seed: seed);
            IReadOnlyList<DataSetComparison> comparisons = ProgressDisplay.Run(screen, quiet: json, progress =>
            {
                var clock = Stopwatch.StartNew();
                var context = new StudyContext("compare", options, new CellStore(scratch, options), progress, cancellation);
                IReadOnlyList<DataSetComparison> compared = CompareStudy.Compare(tables, folds, context);
                progress.End("compare", clock.Elapsed);
                return compared;
            });
            if (json)
            {
                screen.Line(JsonText.Of(comparisons));
            }
            else
            {
                Print(screen, comparisons);
            }

            return CommandLine.Success;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
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
