using EE569.Engine.Data;

namespace EE569.Engine.Tests.Data;

/// <summary>Splits are seeded, complete and keep the shares of the classes.</summary>
[TestClass]
public class DataSplitTests
{
    [TestMethod]
    public void Parts_are_disjoint_complete_and_of_the_size_asked_for()
    {
        (int[] train, int[] test) = DataSplit.Random(101, 0.25, seed: 1);
        Assert.HasCount(25, test);
        CollectionAssert.AreEqual(Enumerable.Range(0, 101).ToArray(), train.Concat(test).Order().ToArray());
    }

    [TestMethod]
    public void Every_class_keeps_its_share_and_small_classes_are_on_both_sides()
    {
        int[] labels = [.. Enumerable.Repeat(0, 80), .. Enumerable.Repeat(1, 20), .. Enumerable.Repeat(2, 2)];
        (int[] train, int[] test) = DataSplit.Stratified(labels, 0.1, seed: 1);
        CollectionAssert.AreEqual(new[] { 8, 2, 1 }, Counts(test));
        CollectionAssert.AreEqual(new[] { 72, 18, 1 }, Counts(train));

        int[] Counts(int[] rows) => [.. Enumerable.Range(0, 3).Select(label => rows.Count(row => labels[row] == label))];
    }

    [TestMethod]
    public void The_seed_decides()
    {
        CollectionAssert.AreEqual(DataSplit.Random(50, 0.5, 1).Test, DataSplit.Random(50, 0.5, 1).Test);
        CollectionAssert.AreNotEqual(DataSplit.Random(50, 0.5, 1).Test, DataSplit.Random(50, 0.5, 2).Test);
    }

    [TestMethod]
    public void The_whole_and_nothing_are_shares_too()
    {
        Assert.IsEmpty(DataSplit.Random(10, 0, 1).Test);
        Assert.IsEmpty(DataSplit.Random(10, 1, 1).Train);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => DataSplit.Random(10, 1.1, 1));
    }
}
