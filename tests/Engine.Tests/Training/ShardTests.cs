using EE569.Engine.Data;

namespace EE569.Engine.Tests.Training;

/// <summary>The tree in which the shards of a batch are added is the same for any number of workers.</summary>
[TestClass]
public class ShardTests
{
    public static IEnumerable<object[]> Counts => Enumerable.Range(1, 20).Select(count => new object[] { count });

    [TestMethod]
    [DynamicData(nameof(Counts))]
    public void Any_number_of_workers_adds_in_the_order_of_one(int count)
    {
        var all = new Shards(0, count);
        string expected = Sum(all);
        for (int workers = 1; workers <= 24; workers++)
        {
            Shards[] parts = [.. Enumerable.Range(0, workers).Select(worker => all.Part(worker, workers))];
            CollectionAssert.AreEqual(Enumerable.Range(0, count).ToArray(), parts.SelectMany(part => Enumerable.Range(part.First, part.Count)).ToArray());
            string[] sums = [.. parts.Select(part => part.Count > 0 ? Sum(part) : "")];
            foreach ((int to, int from) in all.Additions(workers))
            {
                sums[to] = $"({sums[to]}+{sums[from]})";
            }

            Assert.AreEqual(expected, sums[0], $"{workers} workers");
        }
    }

    [TestMethod]
    public void Workers_of_a_power_of_two_have_equal_parts()
    {
        for (int workers = 1; workers <= 16; workers *= 2)
        {
            Assert.IsTrue(Enumerable.Range(0, workers).All(worker => new Shards(0, 16).Part(worker, workers).Count == 16 / workers), $"{workers} workers");
        }
    }

    [TestMethod]
    [DataRow(100, 32, 4)]
    [DataRow(96, 32, 3)]
    [DataRow(1, 32, 1)]
    [DataRow(5, 1, 5)]
    [DataRow(int.MaxValue, 2, 1 << 30)]
    public void A_batch_is_cut_by_position(int rows, int size, int shards)
    {
        var cut = new BatchCut(size, Rank: 0, Ranks: 1);
        Assert.AreEqual(new Shards(0, shards), cut.All(rows));
        Assert.AreEqual((0, rows), cut.RowsOf(cut.Own(rows), rows));
        Assert.AreEqual(((shards - 1) * size, rows - (shards - 1) * size), cut.RowsOf(new Shards(shards - 1, shards), rows));
    }

    private static string Sum(Shards shards) => shards.Count == 1 ? $"{shards.First}" : $"({Sum(shards.Halves.Left)}+{Sum(shards.Halves.Right)})";
}
