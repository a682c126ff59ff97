using EE569.Trainers.Reading;

namespace EE569.Trainers.Tests.Data;

/// <summary>The rows set aside for validation.</summary>
[TestClass]
public class ValidationSplitTests
{
    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.25)]
    [DataRow(0.9)]
    public void Every_class_gives_its_share_in_whatever_order_its_rows_come(double fraction)
    {
        int[] mixed = [.. Enumerable.Range(0, 1000).Select(row => row % 10 == 0 ? 2 : row % 3 == 0 ? 1 : 0)];
        foreach (int[] labels in new[] { mixed, [.. mixed.Order()] })
        {
            long[] counts = [.. labels.GroupBy(label => label).OrderBy(group => group.Key).Select(group => (long)group.Count())];
            var split = ValidationSplit.OfFraction(counts, fraction, seed: 1);
            bool[] setAside = Pass(split, labels);
            for (int label = 0; label < 3; label++)
            {
                Assert.AreEqual(Math.Round(counts[label] * fraction), setAside.Zip(labels).Count(row => row.First && row.Second == label));
            }

            Assert.AreEqual(setAside.LongCount(taken => taken), split.ValidationRows);
            Assert.AreEqual(1000, split.TrainRows + split.ValidationRows);
            CollectionAssert.AreEqual(setAside, Pass(split, labels));
            CollectionAssert.AreNotEqual(setAside, Pass(ValidationSplit.OfFraction(counts, fraction, seed: 2), labels));
        }
    }

    [TestMethod]
    public void Each_row_is_as_likely_as_any_other()
    {
        const int Rows = 10;
        const int Seeds = 20_000;
        int[] taken = new int[Rows];
        for (ulong seed = 0; seed < Seeds; seed++)
        {
            bool[] setAside = Pass(ValidationSplit.OfFraction([Rows], 0.3, seed), new int[Rows]);
            for (int row = 0; row < Rows; row++)
            {
                taken[row] += setAside[row] ? 1 : 0;
            }
        }

        double deviation = Math.Sqrt(Seeds * 0.3 * 0.7);
        Array.ForEach(taken, count => Assert.AreEqual(Seeds * 0.3, count, 4 * deviation));
    }

    [TestMethod]
    public void Rare_classes_are_in_both_parts_and_a_single_row_trains()
    {
        var split = ValidationSplit.OfFraction([100, 2, 1], 0.1, seed: 1);
        int[] labels = [1, .. new int[100], 2, 1];
        int[] setAside = [.. labels.Zip(Pass(split, labels)).Where(row => row.Second).Select(row => row.First)];
        Assert.AreEqual(1, setAside.Count(label => label == 1));
        Assert.AreEqual(0, setAside.Count(label => label == 2));
    }

    [TestMethod]
    public void Rows_beyond_those_counted_train()
    {
        var split = ValidationSplit.OfFraction([2], 0.5, seed: 1);
        Assert.AreEqual(1, Pass(split, new int[1000]).Count(taken => taken));
    }

    [TestMethod]
    public void Folds_are_of_one_size_hold_every_class_alike_and_every_row_once()
    {
        int[] labels = [.. Enumerable.Range(0, 1003).Select(row => row % 10 == 0 ? 2 : row % 3 == 0 ? 1 : 0), 3, 3];
        long[] counts = [.. labels.GroupBy(label => label).OrderBy(group => group.Key).Select(group => (long)group.Count())];
        bool[][] folds = [.. Enumerable.Range(0, 8).Select(fold => Pass(ValidationSplit.OfFold(counts, 8, fold, seed: 1), labels))];
        for (int row = 0; row < labels.Length; row++)
        {
            Assert.AreEqual(1, folds.Count(fold => fold[row]));
        }

        for (int fold = 0; fold < 8; fold++)
        {
            var split = ValidationSplit.OfFold(counts, 8, fold, seed: 1);
            Assert.AreEqual(folds[fold].LongCount(taken => taken), split.ValidationRows);
            Assert.AreEqual(labels.Length - split.ValidationRows, split.TrainRows);
            Assert.IsInRange(labels.Length / 8, (labels.Length / 8) + 1, split.ValidationRows);
            for (int label = 0; label < 4; label++)
            {
                Assert.IsInRange(counts[label] / 8, (counts[label] / 8) + 1, folds[fold].Zip(labels).Count(row => row.First && row.Second == label));
            }
        }
    }

    private static bool[] Pass(ValidationSplit split, int[] labels)
    {
        var isSetAside = split.StartPass();
        return [.. labels.Select(label => isSetAside(label))];
    }
}
