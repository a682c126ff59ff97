namespace EE569.Experiments.Studies;

/// <summary>Curves over the epochs as a table: mean over the seeds, and mean minus and plus one deviation.</summary>
internal static class CurveTable
{
    /// <summary>An empty table with the columns of <see cref="Add"/>.</summary>
    public static Table Create(string name, string series) => new(name, series, "epoch", "mean", "low", "high");

    /// <summary>Adds a series; runs may end early, and an epoch counts the runs that reached it.</summary>
    public static void Add(Table table, object series, IReadOnlyList<double[]> runs)
    {
        int epochs = runs.Max(run => run.Length);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            Sample sample = Sample.Of(runs.Where(run => run.Length > epoch).Select(run => run[epoch]));
            table.Add(series, epoch + 1, sample.Mean, sample.Mean - sample.Deviation, sample.Mean + sample.Deviation);
        }
    }
}
