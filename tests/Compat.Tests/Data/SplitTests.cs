using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.Data;
using static Microsoft.ML.DataOperationsCatalog;

namespace EE569.Compat.Tests;

/// <summary>Splits are partitions of about the wanted size, repeatable by seed. Which row falls where is not ML.NET's.</summary>
[TestClass]
public sealed class SplitTests
{
    private const int Rows = 1400;
    private static readonly JsonObject Errors = new GoldenFile("split.json")["data_sets"][0]!["errors"]!.AsObject();

    [TestMethod]
    public void Train_and_test_rows_make_up_the_data_and_have_about_the_wanted_share()
    {
        var ml = new MLContext(seed: 1);
        TrainTestData split = ml.Data.TrainTestSplit(Numbers(ml), testFraction: 0.2, seed: 1);
        int[] train = Read(split.TrainSet);
        int[] test = Read(split.TestSet);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), train.Concat(test).Order().ToArray());
        AssertAbout(0.2, test.Length);
        Assert.AreEqual("Number: Int32; Group: String", string.Join("; ", split.TrainSet.Schema.Select(column => $"{column.Name}: {column.Type}")));
    }

    [TestMethod]
    public void The_default_test_fraction_is_a_tenth()
    {
        var ml = new MLContext(seed: 1);
        AssertAbout(0.1, Read(ml.Data.TrainTestSplit(Numbers(ml)).TestSet).Length);
    }

    [TestMethod]
    public void A_seed_repeats_a_split_and_another_changes_it()
    {
        var ml = new MLContext(seed: 1);
        int[] Test(int seed) => Read(ml.Data.TrainTestSplit(Numbers(ml), 0.2, seed: seed).TestSet);
        CollectionAssert.AreEqual(Test(1), Test(1));
        CollectionAssert.AreNotEqual(Test(1), Test(2));
    }

    [TestMethod]
    public void The_seed_of_the_context_is_the_default()
    {
        int[] Test() => Read(new MLContext(seed: 7) is var ml ? ml.Data.TrainTestSplit(Numbers(ml), 0.2).TestSet : null!);
        CollectionAssert.AreEqual(Test(), Test());
    }

    [TestMethod]
    public void Rows_with_one_sampling_key_stay_together()
    {
        var ml = new MLContext(seed: 1);
        TrainTestData split = ml.Data.TrainTestSplit(Numbers(ml), 0.3, samplingKeyColumnName: "Group");
        string[] train = [.. split.TrainSet.GetColumn<string>("Group").Distinct()];
        string[] test = [.. split.TestSet.GetColumn<string>("Group").Distinct()];
        Assert.IsEmpty(train.Intersect(test));
        Assert.HasCount(100, train.Concat(test));
    }

    [TestMethod]
    public void Every_row_is_tested_in_one_fold()
    {
        var ml = new MLContext(seed: 1);
        IReadOnlyList<TrainTestData> folds = ml.Data.CrossValidationSplit(Numbers(ml), numberOfFolds: 5, seed: 1);
        Assert.HasCount(5, folds);
        CollectionAssert.AreEqual(Enumerable.Range(0, Rows).ToArray(), folds.SelectMany(fold => Read(fold.TestSet)).Order().ToArray());
        foreach (TrainTestData fold in folds)
        {
            AssertAbout(0.2, Read(fold.TestSet).Length);
            Assert.HasCount(Rows, Read(fold.TrainSet).Union(Read(fold.TestSet)));
        }
    }

    [TestMethod]
    [DataRow("fraction_0")]
    [DataRow("fraction_1")]
    [DataRow("folds_1")]
    public void Bad_sizes_are_refused_in_ML_NETs_words(string name)
    {
        var ml = new MLContext(seed: 1);
        JsonNode? outcome = GoldenFile.Outcome(() => name == "folds_1"
            ? ml.Data.CrossValidationSplit(Numbers(ml), numberOfFolds: 1).Count
            : Read(ml.Data.TrainTestSplit(Numbers(ml), name == "fraction_1" ? 1 : 0).TestSet).Length);
        TransformJson.AssertClose(Errors[name], outcome, name);
    }

    private static IDataView Numbers(MLContext ml) =>
        ml.Data.LoadFromEnumerable(Enumerable.Range(0, Rows).Select(i => new NumberRow { Number = i, Group = $"group {i % 100}" }).ToArray());

    private static int[] Read(IDataView view) => [.. view.GetColumn<int>("Number")];

    /// <summary>Within five standard deviations of a binomial count.</summary>
    private static void AssertAbout(double share, int count) =>
        Assert.AreEqual(share * Rows, count, 5 * Math.Sqrt(Rows * share * (1 - share)));

    private sealed class NumberRow
    {
        public int Number;
        public string Group = "";
    }
}
