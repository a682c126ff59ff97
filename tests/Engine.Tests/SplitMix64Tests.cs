using EE569.Engine.Random;

namespace EE569.Engine.Tests;

/// <summary>The generator gives the published numbers and draws without bias.</summary>
[TestClass]
public class SplitMix64Tests
{
    [TestMethod]
    public void The_published_sequence_of_seed_1234567()
    {
        var random = new SplitMix64(1234567);
        ulong[] drawn = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];
        CollectionAssert.AreEqual(new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL }, drawn);
    }

    [TestMethod]
    public void Draws_have_the_moments_of_their_distributions()
    {
        var random = new SplitMix64(1);
        const int Draws = 200_000;
        double[] uniform = [.. Enumerable.Range(0, Draws).Select(_ => random.NextDouble())];
        double[] gaussian = [.. Enumerable.Range(0, Draws).Select(_ => random.NextGaussian())];
        int[] sixes = new int[6];
        for (int i = 0; i < Draws; i++)
        {
            sixes[random.NextInt32(6)]++;
        }

        // Five standard errors.
        Assert.AreEqual(0.5, uniform.Average(), 5 * Math.Sqrt(1 / 12.0 / Draws));
        Assert.AreEqual(0, gaussian.Average(), 5 / Math.Sqrt(Draws));
        Assert.AreEqual(1, gaussian.Average(x => x * x), 5 * Math.Sqrt(2.0 / Draws));
        Assert.IsTrue(sixes.All(count => Math.Abs(count - Draws / 6.0) < 5 * Math.Sqrt(Draws * 5 / 36.0)));
    }

    [TestMethod]
    public void Streams_with_different_names_differ()
    {
        ulong[] first = [.. new ulong[][] { [], [0], [1], [0, 0], [0, 1], [1, 0] }.Select(path => SplitMix64.Derive(9, path).NextUInt64())];
        Assert.HasCount(first.Length, first.Distinct().ToArray());
        Assert.AreEqual(SplitMix64.Derive(9, 1, 2).NextUInt64(), SplitMix64.Derive(9, 1, 2).NextUInt64());
    }

    [TestMethod]
    public void Every_order_of_three_is_as_likely()
    {
        var counts = new Dictionary<string, int>();
        var random = new SplitMix64(3);
        for (int i = 0; i < 60_000; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle(items.AsSpan());
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        Assert.HasCount(6, counts);
        Assert.IsTrue(counts.Values.All(count => Math.Abs(count - 10_000) < 5 * Math.Sqrt(60_000 * 5 / 36.0)));
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.15)]
    [DataRow(0.999)]
    [DataRow(1.0)]
    public void Items_are_dropped_where_the_draw_of_each_is_below_the_probability(double probability)
    {
        foreach (int length in new[] { 0, 1, 7, 8, 100, 1003 })
        {
            var (floats, doubles) = (new float[length], new double[length]);
            SplitMix64 random = new(9), one = new(9), two = new(9);
            one.FillOrDrop<float>(floats, probability, 2);
            two.FillOrDrop<double>(doubles, probability, 2);
            double[] expected = [.. Enumerable.Range(0, length).Select(_ => random.NextDouble() < probability ? 0.0 : 2)];
            CollectionAssert.AreEqual(expected, doubles);
            CollectionAssert.AreEqual(expected, floats.Select(item => (double)item).ToArray());
            ulong next = random.NextUInt64();
            Assert.AreEqual(next, one.NextUInt64());
            Assert.AreEqual(next, two.NextUInt64());
        }
    }
}
