using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Data;
using EE569.Engine.Kernels.Products;

namespace EE569.Benchmarks.Studies;

/// <summary>Trains a workload with the engine, in a pipeline and with the peers, on one and on two threads in turn.</summary>
internal sealed class TrainingStudy(PeerSet peers, Race race, TextWriter log)
{
    private const string Engine = "EE569 engine";
    private const string SparseEngine = "EE569 engine, sparse rows";
    private const string Pipeline = "EE569 in a pipeline";

    private static readonly int[] _threads = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    private string Introduction =>
        $"""
        Every contender has the same data, sizes, learning rate, batches and epochs, each shuffling anew every epoch; all but the pipeline and scikit-learn,
        which draw their own, start from the same weights, and before it is measured {Name(peers.Torch)} has to reach the engine's loss after three steps on all rows of a small
        part. In a pipeline: Fit on a data view cached in memory, whose rows are read anew each time. All ran in turn {race.Repetitions} times after a warm-up (3 times if a run takes over
        {Race.SlowSeconds} s); times are of the training alone, the loss is the mean over the training rows afterwards. Ratios divide runs of the same turn with as many threads. The
        share of the multiply-add peak counts the operations of the matrix products (of dense rows) over the whole time, and the peak is measured before each run;
        "products alone" is the share if the layers' products, each in a loop with its data at hand, were all. The processors' two threads share nothing but memory and caches.
        """;

    public Part Measure(NetworkWorkload workload)
    {
        using var prepared = new PreparedWorkload(workload);
        CheckAgreement(workload);
        Contender[] contenders = [.. Contenders(prepared)];
        IReadOnlyDictionary<Contender, Race.Runs> runs = race.Run(contenders);
        Race.Runs? Of(string? name, int threads) => contenders.FirstOrDefault(c => c.Name == name && c.Threads == threads) is { } found ? runs[found] : null;

        List<string[]> rows = [];
        foreach (Contender contender in contenders)
        {
            Race.Runs own = runs[contender];
            string Ratio(string to) => contender.Name == to ? "" : own.Over(Of(to, contender.Threads)!).ToString();
            bool isPeer = contender.Name is not (Engine or SparseEngine or Pipeline);
            string alone = contender == contenders[0] ? Format.Percent(workload.ProductFlops / workload.Steps / ProductSeconds(workload) / 1e9 / own.Peak.Median) : "";
            rows.Add([
                contender == contenders[0] ? $"{workload.Name}: {workload.Description}" : "", contender.Name, $"{contender.Threads}", own.Seconds.ToString(Format.Seconds),
                Format.Seconds(own.Seconds.Median / workload.Steps), Share(workload, own).ToString(Format.Percent), alone,
                contender.Threads == 1 ? "" : Of(contender.Name, 1)!.Over(own).ToString(), Format.Number(own.Loss), Ratio(Engine), isPeer ? Ratio(Pipeline) : "",
            ]);
            log.WriteLine($"{workload.Name,-13} {contender.Name,-26} {contender.Threads} threads {Format.Seconds(own.Seconds.Median),8}, {Share(workload, own).ToString(Format.Percent)} of peak, loss {own.Loss:F5}");
        }

        return new Part(
            "Trainings", Introduction,
            ["workload", "contender", "threads", "time, median (range)", "a step", "share of peak", "products alone", "gain of 2 threads", "loss", "time / engine's", "time / pipeline's"],
            [.. rows], [.. Verdicts(workload, Of)]);
    }

    private IEnumerable<Verdict> Verdicts(NetworkWorkload workload, Func<string?, int, Race.Runs?> of)
    {
        Race.Runs engine = of(Engine, 1)!, pipeline = of(Pipeline, 1)!;
        string?[] names = [peers.Torch?.Name, peers.ScikitLearn?.Name];
        foreach (int threads in _threads.Where(threads => threads == 1 || workload.TargetGain is not null))
        {
            string on = $"{threads} thread{(threads == 1 ? "" : "s")}";
            if (names.Where(name => of(name, threads) is not null).MinBy(name => of(name, threads)!.Seconds.Median) is { } best)
            {
                yield return Verdict.AtLeast($"{workload.Name}, {on}: a pipeline is faster than {best}", threads == 1 ? workload.Target : 1.3, of(best, threads)!.Over(of(Pipeline, threads)!));
            }

            if (threads == 2)
            {
                yield return Verdict.AtLeast($"{workload.Name}: gain of 2 threads, engine", workload.TargetGain!.Value, engine.Over(of(Engine, 2)!));
            }
        }

        if (workload.TargetShare is { } share)
        {
            yield return Verdict.AtLeast($"{workload.Name}: share of the multiply-add peak, engine, 1 thread", share, Share(workload, engine), Format.Percent);
        }

        Race.Runs better = of(SparseEngine, 1) is { } sparse && sparse.Seconds.Median < engine.Seconds.Median ? sparse : engine;
        yield return Verdict.AtMost($"{workload.Name}, 1 thread: time of a pipeline over the engine's", 1.05, pipeline.Over(better));
    }

    private IEnumerable<Contender> Contenders(PreparedWorkload prepared)
    {
        NetworkWorkload workload = prepared.Workload;
        DataSource<float> dense = EngineTraining.Dense(prepared.Data);
        DataSource<float>? sparse = workload.IsSparse ? EngineTraining.Sparse(prepared.Data) : null;
        var pipeline = new PipelineTraining(prepared);
        foreach (int threads in _threads.Where(threads => threads == 1 || workload.TargetGain is not null))
        {
            yield return new Contender(Engine, threads, () => EngineTraining.Train(workload, dense, threads));
            if (sparse is not null)
            {
                yield return new Contender(SparseEngine, threads, () => EngineTraining.Train(workload, sparse, threads));
            }

            yield return new Contender(Pipeline, threads, () => pipeline.Train(threads));
            PeerProcess?[] able = [peers.Torch, workload.WithScikitLearn && threads == 1 ? peers.ScikitLearn : null];
            foreach (PeerProcess peer in able.OfType<PeerProcess>())
            {
                yield return new Contender(peer.Name, threads, () => peer.Train(prepared.SpecificationPath, threads));
            }
        }
    }

    /// <summary>Steps on all rows do not depend on the order of the rows, so equal trainings have equal losses.</summary>
    private void CheckAgreement(NetworkWorkload workload)
    {
        if (peers.Torch is { } torch)
        {
            NetworkWorkload small = workload.Shrink(256, 3) with { BatchSize = 256 };
            using var prepared = new PreparedWorkload(small);
            double ours = EngineTraining.Train(small, EngineTraining.Dense(prepared.Data), 1).Loss, theirs = torch.Train(prepared.SpecificationPath, 1).Loss;
            log.WriteLine($"{workload.Name,-13} after three steps on all rows: loss {ours:G6}, {torch.Name} {theirs:G6}");
            if (!(Math.Abs(ours - theirs) <= 1e-3 * Math.Abs(theirs)))
            {
                throw new InvalidOperationException($"{workload.Name}: after the same three steps the engine has the loss {ours} and {torch.Name} {theirs}: they do not train the same.");
            }
        }
    }

    private static string Name(PeerProcess? peer) => peer?.Name ?? "libtorch";

    private static Series Share(NetworkWorkload workload, Race.Runs runs) =>
        new(runs.Seconds.Values.Zip(runs.Peak.Values, (seconds, peak) => workload.ProductFlops / seconds / 1e9 / peak));

    /// <summary>Seconds of the products of a step.</summary>
    private static double ProductSeconds(NetworkWorkload workload)
    {
        double seconds = 0;
        for (int layer = 1; layer < workload.Layers.Length; layer++)
        {
            var products = new LayerProducts(new LayerShape(Math.Min(workload.BatchSize, workload.Rows), workload.Layers[layer - 1], workload.Layers[layer]));
            seconds += products.Seconds(products.Forward) + products.Seconds(products.WeightGradient);
            seconds += layer == 1 ? 0 : products.Seconds(products.InputGradient);
        }

        return seconds;
    }
}
