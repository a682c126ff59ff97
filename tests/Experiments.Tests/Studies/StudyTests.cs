using System.Collections.Concurrent;
using EE569.Experiments.Progress;
using EE569.Experiments.Results;
using EE569.Experiments.Studies;

namespace EE569.Experiments.Tests.Studies;

/// <summary>What the source observed must be seen again on fixed seeds; what is about time is left out.</summary>
[TestClass]
public sealed class StudyTests
{
    internal static readonly string[] Ids =
        ["linear-node", "linear-equals-pair", "logistic-regression", "batch-size-a", "batch-size-b", "batch-size-c", "mlp-grid", "mlp-training", "gradient-check", "softmax-regression", "questions"];

    private static readonly ConcurrentDictionary<(string, int), Lazy<StudyResult>> results = new();

    public static IEnumerable<object[]> Runs => from id in Ids from seed in new[] { 1, 2 } select new object[] { id, seed };

    [TestMethod]
    [DynamicData(nameof(Runs))]
    public void Every_observation_of_the_source_holds(string id, int seed)
    {
        StudyResult result = ResultOf(id, seed);

        Assert.IsNotEmpty(result.Claims);
        foreach (Claim claim in result.Claims.Where(claim => !claim.IsTiming))
        {
            Assert.IsTrue(claim.Holds, $"{claim.Statement}: the source {claim.Source}, here {claim.Here}");
        }
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_figures()
    {
        Table first = Run(new BatchSizeBStudy(), seed: 7).Tables[0], second = Run(new BatchSizeBStudy(), seed: 7).Tables[0];

        CollectionAssert.AreEqual(first.Values<double>("mean").ToArray(), second.Values<double>("mean").ToArray());
    }

    [TestMethod]
    public void Batch_size_c_gets_worse_and_larger_with_the_batch()
    {
        Table cost = Run(new BatchSizeCStudy(), seed: 3).Tables[0];
        double[] losses = [.. cost.Values<double>("loss")], accuracies = [.. cost.Values<double>("accuracy")], kilobytes = [.. cost.Values<double>("kilobytes")];

        Assert.IsGreaterThan(1.5 * losses[0], losses[^1]);
        Assert.IsLessThan(accuracies[0] - 0.02, accuracies[^1]);
        Assert.IsGreaterThan(kilobytes[0], kilobytes[^1]);
    }

    [TestMethod]
    public void The_mlp_grid_goes_out_of_bounds_at_batch_1_and_learning_rate_5_only_there_of_the_small_rates()
    {
        Table grid = ResultOf("mlp-grid", seed: 1).Tables[0];
        double LossAt(int batch, double rate) => grid.Rows.Where(row => (int)row[0]! == batch && (double)row[1]! == rate).Select(row => (double)row[2]!).Single();

        Assert.IsFalse(LossAt(1, 5) <= Math.Log(2), "worse than guessing, or not finite");
        Assert.IsLessThan(0.25, LossAt(1, 0.01));
        Assert.IsLessThan(LossAt(200, 0.01), LossAt(200, 1));
    }

    [TestMethod]
    public void Every_figure_has_an_alt_text_a_finding_and_data()
    {
        foreach (Figure figure in Ids.SelectMany(id => ResultOf(id, seed: 1).Figures))
        {
            Assert.IsGreaterThan(20, figure.AltText.Length, figure.Id);
            Assert.IsGreaterThan(20, figure.Finding.Length, figure.Id);
            Assert.IsTrue(figure.Finding.Any(char.IsAsciiDigit), $"{figure.Id} states no figure: {figure.Finding}");
            Assert.IsTrue(figure.Data.Count > 0 && figure.Data.All(table => table.Rows.Count > 0), figure.Id);
        }
    }

    [TestMethod]
    public void A_stopped_run_goes_on_where_it_stopped()
    {
        using var folder = new TemporaryFolder();
        var options = new StudyOptions();
        var cells = new CellStore(folder.Path, options);
        using var cancellation = new CancellationTokenSource();
        int computed = 0;
        int Compute(int cell)
        {
            Interlocked.Increment(ref computed);
            if (cell == 2)
            {
                cancellation.Cancel();
            }

            return 10 * cell;
        }

        var stopped = new StudyContext("study", options, cells, new SilentProgress(), cancellation.Token);
        Assert.ThrowsExactly<OperationCanceledException>(() => stopped.RunCells([0, 1, 2, 3], cell => $"{cell}", Compute, timed: true));
        int before = computed;
        var resumed = new StudyContext("study", options, cells, new SilentProgress(), CancellationToken.None);
        IReadOnlyList<int> results = resumed.RunCells([0, 1, 2, 3], cell => $"{cell}", Compute, timed: true);

        CollectionAssert.AreEqual(new[] { 0, 10, 20, 30 }, results.ToArray());
        Assert.AreEqual(2, computed - before, "cells 0 and 1 were done, 2 was under way, 3 not begun");
    }

    [TestMethod]
    public void Cells_of_another_seed_are_not_taken_and_spoiled_ones_are_run_again()
    {
        using var folder = new TemporaryFolder();
        new CellStore(folder.Path, new StudyOptions(Seed: 1)).Write("study", "cell", 5.5);

        Assert.IsFalse(new CellStore(folder.Path, new StudyOptions(Seed: 2)).TryRead("study", "cell", out double _));
        Assert.IsTrue(new CellStore(folder.Path, new StudyOptions(Seed: 1)).TryRead("study", "cell", out double stored));
        Assert.AreEqual(5.5, stored);

        string file = Directory.GetFiles(folder.Path, "cell.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(file, "{");
        Assert.IsFalse(new CellStore(folder.Path, new StudyOptions(Seed: 1)).TryRead("study", "cell", out double _));
    }

    /// <summary>The result of a quick run, which all tests share.</summary>
    internal static StudyResult ResultOf(string id, int seed) => results.GetOrAdd((id, seed), _ => new Lazy<StudyResult>(() => Run(StudyCatalog.Select([id])[0], seed))).Value;

    internal static StudyResult Run(IStudy study, int seed)
    {
        using var folder = new TemporaryFolder();
        var options = new StudyOptions(Seed: seed);
        return study.Run(new StudyContext(study.Id, options, new CellStore(folder.Path, options), new SilentProgress(), CancellationToken.None));
    }
}
