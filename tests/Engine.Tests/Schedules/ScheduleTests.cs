using EE569.Engine.Schedules;
using static EE569.Engine.Schedules.Schedules;

namespace EE569.Engine.Tests.Schedules;

/// <summary>Schedules give the rates of PyTorch, and joins put them end to end.</summary>
[TestClass]
public class ScheduleTests
{
    private const int Steps = 50;

    [TestMethod]
    public void Rates_agree()
    {
        Check("step", StepDecay(10, 0.5));
        Check("exponential", Exponential(0.95));
        Check("time_based", TimeBased(0.05));
        Check("polynomial", Polynomial(2));
        Check("cosine", Cosine(0.01));
        Check("warmup_cosine", WarmUp(5, Cosine()));
        Check("one_cycle", OneCycle());
    }

    [TestMethod]
    public void Joined_schedules_follow_each_other_from_their_own_beginning()
    {
        Schedule flatThenCosine = Join((0.5, Constant), (0.5, Cosine()));
        Assert.AreEqual(1, flatThenCosine(24, Steps));
        Assert.AreEqual(1, flatThenCosine(25, Steps));
        Assert.AreEqual(Cosine()(10, 25), flatThenCosine(35, Steps), 1e-15);
        Assert.AreEqual(0, flatThenCosine(50, Steps), 1e-15);
    }

    [TestMethod]
    public void Flat_cosine_is_a_constant_joined_with_a_cosine()
    {
        Schedule joined = Join((0.4, Constant), (0.6, Cosine()));
        for (int step = 0; step <= Steps; step++)
        {
            Assert.AreEqual(joined(step, Steps), FlatCosine(0.4)(step, Steps), 1e-15);
        }

        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => FlatCosine(1));
    }

    [TestMethod]
    public void Join_refuses_shares_that_do_not_sum_to_one() =>
        Assert.ThrowsExactly<ArgumentException>(() => Join((0.5, Constant), (0.4, Constant)));

    [TestMethod]
    public void Cool_down_falls_in_equal_steps_to_just_above_zero()
    {
        double[] last = [.. Enumerable.Range(44, 6).Select(t => CoolDown(5, Constant)(t, Steps))];
        Golden.AreClose([1, 5 / 6.0, 4 / 6.0, 3 / 6.0, 2 / 6.0, 1 / 6.0], last);
    }

    [TestMethod]
    public void Cosine_log_starts_low_and_peaks_once_in_each_cycle()
    {
        Schedule schedule = CosineLog(4);
        Assert.AreEqual(0, schedule(0, 15_000), 1e-15);
        double[] peaks = [.. Enumerable.Range(0, 4).Select(cycle => schedule((long)Math.Round(1000 * (Math.Pow(2, cycle + 0.5) - 1)), 15_000))];
        Golden.AreClose([1, 1, 1, 1], peaks, relative: 1e-6);
    }

    [TestMethod]
    public void No_schedule_leaves_the_numbers_when_there_are_no_or_few_steps()
    {
        foreach (Schedule schedule in new[] { Constant, Polynomial(), Cosine(), CosineLog(), OneCycle(), WarmUp(5, Cosine()), CoolDown(5, Cosine()), Join((1, Cosine())) })
        {
            for (int total = 1; total < 8; total++)
            {
                for (int step = 0; step <= total; step++)
                {
                    double factor = schedule(step, total);
                    Assert.IsTrue(factor is >= 0 and <= 1, $"factor {factor} at {step} of {total}");
                }
            }
        }
    }

    private static void Check(string name, Schedule schedule)
    {
        double[] rates = [.. Enumerable.Range(0, Steps).Select(step => 0.1 * schedule(step, Steps))];
        Golden.AreClose(Golden.Load("schedules.json").GetProperty(name).GetProperty("lr").Numbers(), rates, what: name);
    }
}
