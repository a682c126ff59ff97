using System.Diagnostics;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;

namespace EE569.Benchmarks.Studies;

/// <summary>Trains a workload with every contender in turn, several times, each with its best number of threads.</summary>
internal sealed class PeerStudy(IReadOnlyList<IContender> contenders, int repetitions, TimeSpan warmUp, TextWriter log)
{
    private readonly List<Verdict> _verdicts = [];

    public Section Run(IEnumerable<NetworkWorkload> workloads)
    {
        var table = new MarkdownTable("workload", "contender", "threads", "median (range)", "processor time", "per step", "final loss", "EE569 is faster by (range)", "in processor time", "target");
        foreach (NetworkWorkload workload in workloads)
        {
            Compare(workload, table);
        }

        return new Section(
            "Trainings",
            $"""
            Every contender has the same data, sizes, learning rate, batches and epochs, each shuffling anew every epoch; EE569 and PyTorch start from
            the same weights (scikit-learn offers no way to give it any, and models two classes by one output). Each was warmed up, run with
            each number of threads, and then, in turn with the others, {repetitions} times with its fastest. Times are of the training
            alone; the loss is the mean log-loss over the training rows afterwards. A ratio divides neighbouring runs.

            {table}
            """,
            Verdicts: _verdicts);
    }

    private void Compare(NetworkWorkload workload, MarkdownTable table)
    {
        using var prepared = new PreparedWorkload(workload);
        List<(IContender Contender, int Threads)> entrants =
            [.. contenders.Where(c => c.CanTrain(prepared)).Select(c => (c, BestThreads(c, prepared)))];
        var outcomes = entrants.ToDictionary(e => e.Contender, _ => new List<Outcome>());
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            foreach ((IContender contender, int threads) in entrants)
            {
                outcomes[contender].Add(contender.Train(prepared, threads));
            }
        }

        Series ours = Seconds(outcomes[entrants[0].Contender]);
        Series ourProcessor = ProcessorSeconds(outcomes[entrants[0].Contender]);
        IContender? best = entrants.Skip(1).Select(e => e.Contender).MinBy(c => Seconds(outcomes[c]).Median);
        if (best is not null)
        {
            Series ratio = Series.Ratio(Seconds(outcomes[best]), ours);
            _verdicts.Add(new Verdict($"{workload.Name}: faster than {best.Name}, the best peer", $"{workload.Target} x", $"{ratio} x", ratio.Median >= workload.Target));
        }

        foreach ((IContender contender, int threads) in entrants)
        {
            Series seconds = Seconds(outcomes[contender]), processorSeconds = ProcessorSeconds(outcomes[contender]);
            bool isOurs = contender == entrants[0].Contender;
            table.Add(
                isOurs ? workload.Name : "",
                contender.Name,
                $"{threads}",
                $"{Format.Seconds(seconds.Median)} ({Format.Seconds(seconds.Minimum)}–{Format.Seconds(seconds.Maximum)})",
                Format.Seconds(processorSeconds.Median),
                Format.Seconds(seconds.Median / workload.Steps),
                Format.Number(outcomes[contender][^1].Loss),
                isOurs ? "" : Series.Ratio(seconds, ours).ToString(),
                isOurs ? "" : Format.Number(Series.Ratio(processorSeconds, ourProcessor).Median),
                contender == best ? $"{workload.Target} x" : "");
            log.WriteLine($"{workload.Name,-12} {contender.Name,-12} {threads} threads {Format.Seconds(seconds.Median),8} cpu {Format.Seconds(processorSeconds.Median),8} loss {outcomes[contender][^1].Loss:F5} {(isOurs ? "" : $"x {Series.Ratio(seconds, ours)} cpu x {Series.Ratio(processorSeconds, ourProcessor)}")}");
        }
    }

    private static Series Seconds(IEnumerable<Outcome> outcomes) => new(outcomes.Select(outcome => outcome.Seconds));

    private static Series ProcessorSeconds(IEnumerable<Outcome> outcomes) => new(outcomes.Select(outcome => outcome.ProcessorSeconds));

    /// <summary>The fastest of one run each, after some warming up: processes start slowly, just-in-time compilers most of all.</summary>
    private int BestThreads(IContender contender, PreparedWorkload workload)
    {
        var watch = Stopwatch.StartNew();
        do
        {
            contender.Train(workload, contender.ThreadCounts[0]);
        }
        while (watch.Elapsed < warmUp);

        return contender.ThreadCounts.MinBy(threads => contender.Train(workload, threads).Seconds);
    }
}
