using System.Diagnostics;
using EE569.Benchmarks.Machine;
using Microsoft.ML;

namespace EE569.Benchmarks.Quality;

/// <summary>Measures learners on real tables, fold by fold.</summary>
/// <param name="Quick">One repetition, tables of at most 20,000 rows.</param>
/// <param name="Smoke">Three tables of 300 rows, one fold.</param>
/// <param name="Resume">Whether what an earlier run has measured is left out.</param>
/// <param name="Bags">Whether bags are measured in place of single fits.</param>
/// <param name="ReportOnly">Whether the page is written from what is there, without measuring.</param>
/// <param name="LearnerNames">Learners, trials included; empty for all but the trials.</param>
/// <param name="TableNames">Tables, or the name of a use; empty for all.</param>
/// <param name="TablesFolder">Where files of tables may lie; null: nowhere but in the project.</param>
/// <param name="Jobs">Fits at a time, each on one thread.</param>
/// <param name="OutputFolder">For the page; null: docs, or the folder of results of a smoke run.</param>
internal sealed record QualityRun(
    bool Quick, bool Smoke, bool Resume, bool Bags, bool ReportOnly, string[] LearnerNames, string[] TableNames, string? TablesFolder, int Jobs, string? OutputFolder)
{
    public const int OuterFolds = 3, BagSize = 8;
    private const int QuickRows = 20_000, SmokeRows = 300;
    private static readonly string[] _smokeTables = ["credit_data", "hpc_data", "sacramento"];

    private string Folder => Path.Combine("artifacts", Smoke ? "quality-smoke" : "quality");

    /// <exception cref="InvalidOperationException">A name is unknown, or a table cannot be had.</exception>
    public void Execute(TextWriter log)
    {
        var store = new QualityStore(Path.Combine(Folder, "results.jsonl"));
        if (!ReportOnly)
        {
            Measure(store, log);
        }

        if (store.Results.Count == 0)
        {
            throw new InvalidOperationException($"Nothing has been measured yet: {Folder} holds no results. Run without --report first.");
        }

        log.WriteLine($"Wrote {QualityPage.Write(OutputFolder ?? (Smoke ? Folder : "docs"), store)}");
    }

    private static T[] Chosen<T>(string option, string[] wanted, T[] all, Func<T, IEnumerable<string>> namesOf)
    {
        string[] unknown = [.. wanted.Where(name => !all.Any(one => namesOf(one).Contains(name, StringComparer.OrdinalIgnoreCase)))];
        return unknown.Length == 0
            ? [.. all.Where(one => namesOf(one).Intersect(wanted, StringComparer.OrdinalIgnoreCase).Any())]
            : throw new InvalidOperationException($"{option}: there is no '{string.Join("', '", unknown)}'; there are '{string.Join("', '", all.SelectMany(namesOf).Distinct())}'.");
    }

    private void Measure(QualityStore store, TextWriter log)
    {
        Learner[] learners = LearnerNames.Length > 0 ? Chosen("--learners", LearnerNames, Learners.All, learner => [learner.Name])
            : [.. Learners.All.Where(learner => !learner.IsTrial)];
        string[] names = TableNames.Length > 0 ? TableNames : Smoke ? _smokeTables : [.. TableEntry.All.Where(entry => !Quick || entry.Rows <= QuickRows).Select(entry => entry.Name)];
        TableEntry[] entries = Chosen("--tables-only", names, TableEntry.All, entry => [entry.Name, entry.Use.ToString()]);
        int run = store.Add(new QualityRunInfo(MachineDescription.DescribeSelf(), DateOnly.FromDateTime(DateTime.UtcNow), MachineDescription.Load, Jobs));
        foreach (TableEntry entry in entries)
        {
            QualityTable table = QualityTable.Load(entry, [Path.Combine("data", "quality"), .. TablesFolder is null ? (string[])[] : [TablesFolder], Path.Combine("artifacts", "quality", "tables")]);
            int[] rows = [.. Enumerable.Range(0, Smoke ? SmokeRows : entry.Rows)];
            (Learner Learner, QualityResult Empty)[] fits =
            [
                .. from repeat in Enumerable.Range(0, Quick || Smoke ? 1 : 3)
                   from fold in Enumerable.Range(0, Smoke ? 1 : OuterFolds)
                   from learner in learners
                   where learner.For(entry.Task) is not null
                   let empty = new QualityResult(entry.Name, learner.Name, Bags ? BagSize : 1, repeat, fold, null, 0, null, run)
                   where !(Resume && store.Has(empty))
                   select (learner, empty),
            ];
            Parallel.ForEach(fits, new ParallelOptions { MaxDegreeOfParallelism = Jobs }, fit =>
            {
                QualityResult result = Fit(table, rows, fit.Learner, fit.Empty);
                store.Add(result);
                log.WriteLine(FormattableString.Invariant($"{result.Table,-14} {result.Learner,-46} {result.Repeat}/{result.Fold} {result.Error,12:G5} {result.Seconds,8:F1} s {result.Failure}"));
            });
        }
    }

    private static QualityResult Fit(QualityTable table, int[] rows, Learner learner, QualityResult empty)
    {
        (int[] train, int[] test) = Folds.Split(table, rows, OuterFolds, empty.Fold, empty.Repeat);
        long start = Stopwatch.GetTimestamp();
        try
        {
            float[][] mean = [];
            for (int member = 0; member < empty.Members; member++)
            {
                (int[] inner, int[] validation) = Folds.Split(table, train, BagSize, member, empty.Repeat);
                int[] fitted = empty.Members > 1 || learner.NeedsValidation ? inner : train;
                var request = new FitRequest(table, fitted, learner.NeedsValidation ? validation : null, learner, seed: 1 + (BagSize * ((OuterFolds * empty.Repeat) + empty.Fold)) + member);
                ITransformer model = learner.For(table.Entry.Task)!(request);
                float[][] predictions = request.Predict(model, test);
                mean = member == 0 ? predictions : [.. mean.Zip(predictions, (sum, more) => sum.Zip(more, (a, b) => a + b).ToArray())];
            }

            double error = ErrorOf.Predictions(table.Entry.Task, [.. mean.Select(row => row.Select(value => value / empty.Members).ToArray())], [.. test.Select(row => table.Labels[row])]);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return double.IsFinite(error) ? empty with { Error = error, Seconds = seconds } : empty with { Seconds = seconds, Failure = "predictions are not finite" };
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return empty with { Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds, Failure = exception.Message.Split('\n')[0] };
        }
    }
}
