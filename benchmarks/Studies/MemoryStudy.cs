using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine;
using EE569.Engine.Data;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Studies;

/// <summary>Bytes over the batch size and over the rows, in memory and streamed; allocation per step; the same bits on every thread count.</summary>
internal sealed class MemoryStudy(bool smoke, TextWriter log)
{
    private int Rows => smoke ? 1_000 : 20_000;

    private readonly List<Verdict> _verdicts = [];

    public Section Run() => new(
        "Memory, allocation and determinism",
        $"""
        The network is that of tabular (54-128-64-7 relu, Adam). Bytes are those of parameters, gradients, activations, optimiser state and batch
        buffers, which the history of a training reports; the live heap is the managed memory that survives a collection during the second epoch.

        {OverBatchSize()}
        {OverRows()}
        {Allocation()}
        {Determinism()}
        """,
        Verdicts: _verdicts);

    private MarkdownTable OverBatchSize()
    {
        var table = new MarkdownTable("batch size", "bytes", "per row of the batch above batch 1");
        double first = 0;
        foreach (int batch in new[] { 1, 16, 64, 256, 1024 })
        {
            double bytes = Train(Tabular(Rows, batch)).History[^1].Bytes;
            first = batch == 1 ? bytes : first;
            table.Add($"{batch}", Format.Bytes(bytes), batch == 1 ? "" : Format.Bytes((bytes - first) / (batch - 1)));
            log.WriteLine($"memory: batch {batch} takes {Format.Bytes(bytes)}");
        }

        return table;
    }

    private MarkdownTable OverRows()
    {
        var table = new MarkdownTable("rows", "in memory: live heap", "streamed: live heap");
        foreach (int factor in new[] { 1, 2, 4, 8 })
        {
            int rows = factor * Rows;
            NetworkWorkload workload = Tabular(rows, 256);
            double dense = LiveHeap(workload.CreateNetwork(), workload, () => EngineContender.Data(SyntheticRows.Clusters()(workload)));
            double streamed = LiveHeap(workload.CreateNetwork(), workload, () => new StreamingData<float>(workload.Features, () => new GeneratedRows(workload), 1_000));
            table.Add($"{rows:N0}", Format.Bytes(dense), Format.Bytes(streamed));
            log.WriteLine($"memory: {rows} rows, {Format.Bytes(dense)} in memory, {Format.Bytes(streamed)} streamed");
        }

        return table;
    }

    /// <summary>Epochs of many and of few steps: what they allocate more is the steps'.</summary>
    private string Allocation()
    {
        NetworkWorkload few = Tabular(Rows, 256), many = Tabular(Rows, 16);
        long stepsOfFew = few.Steps / few.Epochs, stepsOfMany = many.Steps / many.Epochs;
        double ofFew = BytesPerEpoch(few), ofMany = BytesPerEpoch(many);
        double perStep = (ofMany - ofFew) / (stepsOfMany - stepsOfFew);
        _verdicts.Add(new Verdict("bytes allocated by a step after the first epoch", "0", Format.Number(perStep), perStep == 0));
        log.WriteLine($"allocation: {ofFew} bytes an epoch of {stepsOfFew} steps, {ofMany} of {stepsOfMany}");
        return $"After the first epoch, one of {stepsOfFew} steps allocates {ofFew:N0} bytes (its record in the history) and one of {stepsOfMany} steps {ofMany:N0}: {Format.Number(perStep)} bytes a step.{Environment.NewLine}";
    }

    private static double BytesPerEpoch(NetworkWorkload workload)
    {
        long[] marks = new long[8];
        Train(workload with { Epochs = marks.Length }, options => options with
        {
            EpochCallback = progress => marks[progress.Record.Epoch - 1] = GC.GetTotalAllocatedBytes(precise: true),
        });
        return new Series(marks.Zip(marks.Skip(1), (first, second) => (double)(second - first))).Minimum;
    }

    private string Determinism()
    {
        NetworkWorkload workload = Tabular(Rows, 256);
        float[] one = Train(workload).Network.CopyParameters();
        float[] two = Train(workload, options => options with { NumberOfThreads = 2 }).Network.CopyParameters();
        bool equal = one.AsSpan().SequenceEqual(two);
        _verdicts.Add(new Verdict("parameters after training on 1 and on 2 threads", "equal bits", equal ? "equal" : "different", equal));
        log.WriteLine($"determinism: weights of 1 and 2 threads are {(equal ? "equal" : "DIFFERENT")}");
        return $"After {workload.Epochs} epochs the {one.Length:N0} parameters of a training on 1 and of one on 2 threads are {(equal ? "equal bit by bit" : "DIFFERENT")}.";
    }

    private static NetworkWorkload Tabular(int rows, int batch) =>
        NetworkWorkloads.All.Single(w => w.Name == "tabular") with { Rows = rows, BatchSize = batch, Epochs = 2 };

    private static TrainingResult<float> Train(NetworkWorkload workload, Func<TrainingOptions<float>, TrainingOptions<float>>? change = null)
    {
        TrainingOptions<float> options = EngineContender.Options(workload, threads: 1);
        return new MiniBatchTrainer<float>(change?.Invoke(options) ?? options).Fit(workload.CreateNetwork(), EngineContender.Data(workload.Generate(workload)));
    }

    private static double LiveHeap(Network<float> network, NetworkWorkload workload, Func<DataSource<float>> open)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true), during = 0;
        TrainingOptions<float> options = EngineContender.Options(workload, threads: 1) with
        {
            EpochCallback = _ => during = GC.GetTotalMemory(forceFullCollection: true),
        };
        new MiniBatchTrainer<float>(options).Fit(network, open());
        return during - before;
    }
}
