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

    private const int MostRows = 10_000;
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
        var clock = System.Diagnostics.Stopwatch.StartNew();
        DataFrame rows = predicted.Frame;
        var random = new SplitMix64((ulong)seed);
        int[] order = [.. Enumerable.Range(0, (int)rows.Rows.Count)];
        if (order.Length > MostRows)
        {
            random.Shuffle(order.AsSpan());
            rows = rows[order.Take(MostRows).Order()];
            order = [.. Enumerable.Range(0, MostRows)];
        }

        IEvaluation Evaluate(DataFrame frame) => model.Predict(predicted.Path, frame, new SilentProgress()).Evaluate(label);
        IEvaluation whole = Evaluate(rows);
        string[] names = [.. model.InputSchema.Select(column => column.Name)];
        progress.Begin(Task, names.Length * Repeats);
        var measured = new List<(string Name, Sample Rise)>();
        foreach (string name in names)
        {
            var rises = new List<double>();
            for (int repeat = 0; repeat < Repeats; repeat++)
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
        var table = new Table("importance", "column", new($"rise of {whole.LossName}", "G4"), new("deviation", "G2"))
        {
            Title = $"Permutation importance on {rows.Rows.Count} rows: how much the {whole.LossName}, {whole.Loss.ToString("G5", CultureInfo.InvariantCulture)}, rises when a column is shuffled; mean and standard deviation of {Repeats}",
        };
        foreach ((string name, Sample rise) in measured.OrderByDescending(column => column.Rise.Mean))
        {
            table.Add(name, rise.Mean, rise.Deviation);
        }

        return table;
    }
}
