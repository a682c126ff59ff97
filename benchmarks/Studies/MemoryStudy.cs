using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Studies;

/// <summary>Bytes over the batch size; allocation per step; the same bits on every thread count.</summary>
internal sealed class MemoryStudy(bool smoke, TextWriter log)
{
    private int Rows => smoke ? 1_000 : 20_000;

    public Part Measure()
    {
        int[] batches = [1, 16, 64, 256, 1024];
        double[] bytes = [.. batches.Select(batch => (double)Train(Tabular(Rows, batch)).History[^1].Bytes)];
        return new Part(
            "Memory, allocation and determinism",
            """
            The network is that of tabular (54-128-64-7 relu, Adam). Bytes are those of parameters, gradients, activations, optimiser state and batch
            buffers, which the history of a training reports.
            """,
            ["batch size", "bytes", "per row of the batch above batch 1"],
            [.. batches.Zip(bytes, (batch, all) => new[] { $"{batch}", Format.Bytes(all), batch == 1 ? "" : Format.Bytes((all - bytes[0]) / (batch - 1)) })],
            [Allocation(), Determinism()]);
    }

    /// <summary>Epochs of many and of few steps: what they allocate more is the steps'.</summary>
    private Verdict Allocation()
    {
        NetworkWorkload few = Tabular(Rows, 256), many = Tabular(Rows, 16);
        double perStep = (BytesPerEpoch(many) - BytesPerEpoch(few)) / ((many.Steps - few.Steps) / few.Epochs);
        log.WriteLine($"allocation: {perStep} bytes a step");
        return new Verdict("bytes allocated by a step after the first epoch", "0", Format.Number(perStep), perStep == 0);
    }

    private static double BytesPerEpoch(NetworkWorkload workload)
    {
        long[] marks = new long[8];
        Train(workload with { Epochs = marks.Length }, options => options with
        {
            EpochCallback = progress => marks[progress.Record.Epoch - 1] = GC.GetTotalAllocatedBytes(precise: true),
        });
        return marks.Zip(marks.Skip(1), (first, second) => second - first).Min();
    }

    private Verdict Determinism()
    {
        NetworkWorkload workload = Tabular(Rows, 256);
        float[] one = Train(workload).Network.CopyParameters(), two = Train(workload, options => options with { NumberOfThreads = 2 }).Network.CopyParameters();
        string measured = one.AsSpan().SequenceEqual(two) ? "equal" : "different";
        log.WriteLine($"determinism: weights of 1 and 2 threads are {measured}");
        return new Verdict($"the {one.Length:N0} parameters after training on 1 and on 2 threads", "equal bits", measured, measured == "equal");
    }

    private static NetworkWorkload Tabular(int rows, int batch) => NetworkWorkloads.Tabular with { Rows = rows, BatchSize = batch, Epochs = 2 };

    private static TrainingResult<float> Train(NetworkWorkload workload, Func<TrainingOptions<float>, TrainingOptions<float>>? change = null)
    {
        TrainingOptions<float> options = EngineTraining.Options(workload, threads: 1);
        return new MiniBatchTrainer<float>(change?.Invoke(options) ?? options).Fit(workload.CreateNetwork(), EngineTraining.Dense(workload.Generate(workload)));
    }
}
