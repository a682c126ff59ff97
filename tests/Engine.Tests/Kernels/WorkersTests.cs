using EE569.Engine.Parallel;

namespace EE569.Engine.Tests.Kernels;

[TestClass]
public class WorkersTests
{
    [TestMethod]
    public void Every_part_runs_exactly_once()
    {
        foreach (int threads in new[] { 1, 2, 4 })
        {
            for (int parts = 0; parts < 50; parts++)
            {
                var counts = new int[parts];
                Workers.Of(threads).Run(parts, new Counting(counts));
                CollectionAssert.AreEqual(Enumerable.Repeat(1, parts).ToArray(), counts);
            }
        }
    }

    [TestMethod]
    public void Computations_at_the_same_time_do_not_disturb_each_other()
    {
        System.Threading.Tasks.Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            var counts = new int[64];
            Workers.Of(3).Run(counts.Length, new Counting(counts));
            CollectionAssert.AreEqual(Enumerable.Repeat(1, counts.Length).ToArray(), counts);
        });
    }

    [TestMethod]
    public void A_part_may_itself_be_a_computation()
    {
        var counts = new int[12];
        Workers.Of(2).Run(3, new Nested(counts));
        CollectionAssert.AreEqual(Enumerable.Repeat(3, counts.Length).ToArray(), counts);
    }

    [TestMethod]
    public void An_exception_reaches_the_caller_and_the_pool_works_on()
    {
        for (int repetition = 0; repetition < 20; repetition++)
        {
            Assert.ThrowsExactly<FormatException>(() => Workers.Of(3).Run(20, default(Failing)));
            Every_part_runs_exactly_once();
        }
    }

    [TestMethod]
    public void Sleeping_threads_wake_up()
    {
        for (int pause = 1; pause <= 64; pause *= 4)
        {
            Thread.Sleep(pause);
            var counts = new int[1000];
            Workers.Of(4).Run(counts.Length, new Counting(counts));
            Assert.AreEqual(1000, counts.Sum());
        }
    }

    [TestMethod]
    public void Fewer_than_one_thread_is_refused() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Workers.Of(0));

    private readonly struct Counting(int[] counts) : IPartitionedWork
    {
        public void Execute(int part) => Interlocked.Increment(ref counts[part]);
    }

    private readonly struct Nested(int[] counts) : IPartitionedWork
    {
        public void Execute(int part) => Workers.Of(2).Run(counts.Length, new Counting(counts));
    }

    private readonly struct Failing : IPartitionedWork
    {
        public void Execute(int part)
        {
            if (part == 7)
            {
                throw new FormatException();
            }
        }
    }
}
