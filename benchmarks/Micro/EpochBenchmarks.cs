using BenchmarkDotNet.Attributes;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Data;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Micro;

/// <summary>One epoch of a training, its start included.</summary>
[MemoryDiagnoser]
public class EpochBenchmarks
{
    private NetworkWorkload? _workload;
    private DataSource<float>? _data;
    private MiniBatchTrainer<float>? _trainer;

    [Params("circles_b1", "circles_b10", "mnist_shape", "tabular", "adult_like")]
    public string Workload { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _workload = NetworkWorkloads.All.Single(w => w.Name == Workload).Shrink(rows: 20_000, epochs: 1);
        _data = EngineTraining.Dense(_workload.Generate(_workload));
        _trainer = new MiniBatchTrainer<float>(EngineTraining.Options(_workload, threads: 1));
    }

    [Benchmark]
    public object Epoch() => _trainer!.Fit(_workload!.CreateNetwork(), _data!);
}
