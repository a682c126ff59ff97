using System.Diagnostics;
using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;

namespace EE569.Benchmarks.Studies;

/// <summary>Runs contenders in turn, several times, each after a warm-up.</summary>
/// <param name="repetitions">How often each runs.</param>
/// <param name="warmUp">How long each runs before, at least once: just-in-time compilers need several runs to compile loops fully.</param>
/// <param name="log">Where progress is told.</param>
internal sealed class Race(int repetitions, TimeSpan warmUp, TextWriter log)
{
    /// <summary>A contender whose run takes longer runs at most three times.</summary>
    public const double SlowSeconds = 2.5;

    public int Repetitions => repetitions;

    /// <summary>The runs of each contender.</summary>
    public IReadOnlyDictionary<Contender, Runs> Run(IReadOnlyCollection<Contender> contenders)
    {
        Dictionary<Contender, (double Loss, bool IsSlow)> first = contenders.ToDictionary(contender => contender, WarmUp);
        Dictionary<Contender, List<(double Seconds, double Peak)>> runs = contenders.ToDictionary(contender => contender, _ => new List<(double, double)>());
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach (Contender contender in contenders.Where(contender => repetition < 3 || !first[contender].IsSlow))
            {
                double peak = FmaPeak.Measure();
                runs[contender].Add((contender.Run().Seconds, peak));
            }
        }

        return contenders.ToDictionary(contender => contender, contender => new Runs(
            new Series(runs[contender].Select(run => run.Seconds)), new Series(runs[contender].Select(run => run.Peak)), first[contender].Loss));
    }

    private (double Loss, bool IsSlow) WarmUp(Contender contender)
    {
        var watch = Stopwatch.StartNew();
        Outcome outcome;
        do
        {
            outcome = contender.Run();
        }
        while (watch.Elapsed < warmUp);

        log.WriteLine($"  {contender.Name}{(contender.Threads > 0 ? $", {contender.Threads} threads" : "")}: warm, {Format.Seconds(outcome.Seconds)}");
        return (outcome.Loss, watch.Elapsed.TotalSeconds > Math.Max(warmUp.TotalSeconds, SlowSeconds));
    }

    /// <summary>What a contender did.</summary>
    /// <param name="Seconds">Of each run.</param>
    /// <param name="Peak">GFLOP/s of the multiply-add units of one core, measured before each run.</param>
    /// <param name="Loss">The loss of the last run of the warm-up.</param>
    internal sealed record Runs(Series Seconds, Series Peak, double Loss)
    {
        /// <summary>How many times longer this took than another, run by run.</summary>
        public Series Over(Runs other) => Series.Ratio(Seconds, other.Seconds);
    }
}
