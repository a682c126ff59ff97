using EE569.Benchmarks.Quality;

namespace EE569.Experiments.Tests.Quality;

/// <summary>What docs/quality.md rests on: the errors, the folds, the preparation of the benchmark runner.</summary>
[TestClass]
public class QualityBenchmarkTests
{
    [TestMethod]
    public void Area_under_the_curve_counts_ties_half()
    {
        // Pairs of a positive and a negative: .9 > .2, .9 > .5, .5 = .5, .5 > .2.
        double error = ErrorOf.Predictions(TableTask.Binary, [[0.9f], [0.5f], [0.5f], [0.2f]], [1, 1, 0, 0]);
        Assert.AreEqual(1 - (3.5 / 4), error, 1e-12);
    }

    [TestMethod]
    public void Log_loss_is_in_nats_and_stays_finite_at_a_probability_of_zero()
    {
        Assert.AreEqual((Math.Log(2) + Math.Log(4)) / 2, ErrorOf.Predictions(TableTask.Multiclass, [[0.5f, 0.5f], [0.75f, 0.25f]], [0, 1]), 1e-12);
        Assert.AreEqual(-Math.Log(1.1920929e-7), ErrorOf.Predictions(TableTask.Multiclass, [[1, 0]], [1]), 1e-12);
    }

    [TestMethod]
    public void Error_of_numbers_is_the_root_of_the_mean_square() =>
        Assert.AreEqual(Math.Sqrt(5), ErrorOf.Predictions(TableTask.Regression, [[1], [5]], [2, 2]), 1e-12);

    [TestMethod]
    public void A_prediction_that_is_not_a_number_is_no_error_of_zero() =>
        Assert.IsTrue(double.IsNaN(ErrorOf.Predictions(TableTask.Binary, [[float.NaN], [0.5f]], [1, 0])));

    [TestMethod]
    public void Every_row_is_in_one_fold_and_every_fold_has_its_share_of_each_class()
    {
        QualityTable table = Table("Binary", "x,y", Enumerable.Range(0, 99).Select(row => $"{row},{(row < 33 ? "a" : "b")}"));
        int[] rows = [.. Enumerable.Range(0, 99)];
        var folds = Enumerable.Range(0, 3).Select(fold => Folds.Split(table, rows, 3, fold, seed: 5)).ToArray();
        CollectionAssert.AreEqual(rows, folds.SelectMany(fold => fold.Fold).Order().ToArray());
        foreach ((int[] others, int[] fold) in folds)
        {
            CollectionAssert.AreEqual(rows, others.Concat(fold).Order().ToArray());
            Assert.AreEqual(11, fold.Count(row => row < 33));
            Assert.HasCount(33, fold);
        }

        CollectionAssert.AreNotEqual(folds[0].Fold, Folds.Split(table, rows, 3, 0, seed: 6).Fold);
        CollectionAssert.AreEqual(folds[0].Fold, Folds.Split(table, rows, 3, 0, seed: 5).Fold);
    }

    [TestMethod]
    public void Folds_of_numbers_have_rows_of_every_size()
    {
        QualityTable table = Table("Regression", "x,y", Enumerable.Range(0, 300).Select(row => $"{row % 7},{row}"));
        (int[] _, int[] fold) = Folds.Split(table, [.. Enumerable.Range(0, 300)], 3, 1, seed: 0);
        for (int tenth = 0; tenth < 10; tenth++)
        {
            Assert.AreEqual(10, fold.Count(row => row / 30 == tenth), $"rows {30 * tenth} to {(30 * tenth) + 29}");
        }
    }

    [TestMethod]
    public void An_unseen_level_is_all_zeros_and_a_missing_number_is_the_median_with_an_indicator()
    {
        QualityTable table = Table("Regression", "n,c,y", ["1,a,0", "2,b,0", "3,a,0", "NA,a,0", "7,new,0"]);
        var encoder = new FeatureEncoder(table, [0, 1, 2, 3], Preparation.Robust);
        CollectionAssert.AreEqual(new[] { 2, 3 }, encoder.CategoryRanges);
        float[] missing = encoder.Encode(3), unseen = encoder.Encode(4);
        CollectionAssert.AreEqual(new float[] { 0, 1, 1, 0 }, missing);
        CollectionAssert.AreEqual(new float[] { 0, 0, 0 }, unseen[1..]);
        float scaled = unseen[0], clipped = new FeatureEncoder(table, [0, 1, 2, 3], Preparation.RobustClip).Encode(4)[0];
        Assert.AreEqual(scaled / MathF.Sqrt(1 + (scaled * scaled / 9)), clipped, 1e-6f);
        Assert.IsTrue(float.IsNaN(new FeatureEncoder(table, [0, 1, 2, 3], Preparation.Raw).Encode(3)[0]));
    }

    [TestMethod]
    public void A_file_that_is_not_the_one_measured_is_refused()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "t.csv"), "x,y\n1,2\n");
            InvalidOperationException exception = Assert.ThrowsExactly<InvalidOperationException>(() => new TableFile("t.csv", new string('0', 64)).Find([folder]));
            Assert.Contains("SHA-256", exception.Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void A_third_of_at_least_24_tables_serves_to_choose_defaults_and_every_file_outside_the_project_has_an_address()
    {
        Assert.IsGreaterThanOrEqualTo(24, TableEntry.All.Length);
        Assert.AreEqual(TableEntry.All.Length / 3.0, TableEntry.All.Count(entry => entry.Use == TableUse.Tuning), 1);
        Assert.HasCount(TableEntry.All.Length, TableEntry.All.Select(entry => entry.Name).Distinct());
        foreach (TableFile file in TableEntry.All.SelectMany(entry => entry.Files))
        {
            Assert.AreEqual(64, file.Sha256.Length, file.File);
            Assert.IsTrue(file.Url is null || file.Url.Scheme == "https", file.File);
        }
    }

    private static QualityTable Table(string task, string header, IEnumerable<string> rows)
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string[] lines = [header, .. rows];
            string path = Path.Combine(folder, "t.csv");
            File.WriteAllLines(path, lines);
            string sha = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)));
            return QualityTable.Load(new TableEntry("t", Enum.Parse<TableTask>(task), TableUse.Report, "y", lines.Length - 1, header.Split(',').Length, "", "", [new TableFile("t.csv", sha)]), [folder]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
