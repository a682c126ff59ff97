using Microsoft.Data.Analysis;

namespace EE569.Experiments.Prediction;

/// <summary>
/// What a model loses when the cells of one column of the file are dealt out anew: how much it relies on that column beside the others.
/// </summary>
/// <remarks>
/// L. Breiman, Random Forests, Machine Learning 45 (2001). ML.NET's own shuffles the slots of a prepared vector one by one, in which a category is many slots.
/// </remarks>
internal static class PermutationImportance
{
    /// <summary>How often each column is shuffled.</summary>
    public const int Repeats = 5;

    private const string Task = "importance";

    /// <param name="model">The model.</param>
    /// <param name="predicted">Its answers for a labelled table.</param>
    /// <param name="label">The table's column of labels.</param>
    /// <param name="seed">Governs the shuffling.</param>
    /// <param name="progress">Hears how it comes along.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A row for each column that the model reads, the most important first.</returns>
    public static Table Of(SavedModel model, Predictions predicted, string label, int seed, IProgressReporter progress, CancellationToken cancellation)
    {
        (IReadOnlyList<(string Name, Sample Rise)> measured, IEvaluation whole) = Measure(model, predicted, label, seed, progress, cancellation: cancellation);
        var table = new Table("importance", "column", new($"rise of {whole.LossName}", "G4"), new("deviation", "G2"))
        {
            Title = $"Permutation importance on {whole.RowLosses.Count} rows: how much the {whole.LossName}, {whole.Loss.ToString("G5", CultureInfo.InvariantCulture)}, rises when a column is shuffled; mean and standard deviation of {Repeats}",
        };
        return measured.Aggregate(table, (all, column) => all.Add(column.Name, column.Rise.Mean, column.Rise.Deviation));
    }

    /// <summary>The figures behind <see cref="Of"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="predicted">Its answers for a labelled table.</param>
    /// <param name="label">The table's column of labels.</param>
    /// <param name="seed">Governs the shuffling.</param>
    /// <param name="progress">Hears how it comes along.</param>
    /// <param name="mostRows">More rows than these are sampled.</param>
    /// <param name="repeats">How often each column is shuffled.</param>
    /// <param name="columns">The columns; all that the model reads when null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The rise of the loss for each column, the largest first; and the evaluation of the rows as they are.</returns>
    public static (IReadOnlyList<(string Name, Sample Rise)> Columns, IEvaluation Whole) Measure(
        SavedModel model, Predictions predicted, string label, int seed, IProgressReporter progress, int mostRows = 10_000, int repeats = Repeats, IReadOnlyList<string>? columns = null, CancellationToken cancellation = default)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        DataFrame rows = predicted.Frame;
        var random = new SplitMix64((ulong)seed);
        int[] order = [.. Enumerable.Range(0, (int)rows.Rows.Count)];
        if (order.Length > mostRows)
        {
            random.Shuffle(order.AsSpan());
            rows = rows[order.Take(mostRows).Order()];
            order = [.. Enumerable.Range(0, mostRows)];
        }

        IEvaluation Evaluate(DataFrame frame) => model.Predict(predicted.Path, frame, new SilentProgress()).Evaluate(label);
        IEvaluation whole = Evaluate(rows);
        string[] names = [.. columns ?? model.InputSchema.Select(column => column.Name)];
        progress.Begin(Task, names.Length * repeats);
        var measured = new List<(string Name, Sample Rise)>();
        foreach (string name in names)
        {
            var rises = new List<double>();
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                cancellation.ThrowIfCancellationRequested();
                random.Shuffle(order.AsSpan());
                DataFrameColumn shuffled = rows.Columns[name].Clone(new Int32DataFrameColumn("order", order));
                rises.Add(Evaluate(new DataFrame(rows.Columns.Select(column => column.Name == name ? shuffled : column))).Loss - whole.Loss);
                progress.CellDone(Task, name, resumed: false);
            }

            measured.Add((name, Sample.Of(rises)));
        }

        progress.End(Task, clock.Elapsed);
        return ([.. measured.OrderByDescending(column => column.Rise.Mean)], whole);
    }
}
