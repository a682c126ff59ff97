using System.Runtime.InteropServices;
using System.Text.Json;
using EE569.Benchmarks.Workloads;

namespace EE569.Benchmarks.Peers;

/// <summary>A workload with its data and the network's weights, in memory for us and in binary files for the other processes.</summary>
internal sealed class PreparedWorkload : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ee569-peers-").FullName;

    /// <param name="workload">The workload.</param>
    /// <param name="weights">Of the network, as the engine lays them out; those that a training starts from without it.</param>
    public PreparedWorkload(NetworkWorkload workload, float[]? weights = null)
    {
        Workload = workload;
        Data = workload.Generate(workload);
        Write("x.f32", Data.Values);
        if (Data.Numbers is { } numbers)
        {
            Write("y.f32", numbers);
        }
        else
        {
            Write("y.i32", Data.Labels);
        }

        Write("w.f32", weights ?? workload.CreateNetwork().CopyParameters());
        SpecificationPath = Path.Combine(_folder, "workload.json");
        File.WriteAllText(SpecificationPath, JsonSerializer.Serialize(new
        {
            folder = _folder,
            rows = workload.Rows,
            layers = workload.Layers,
            activation = workload.Activation.ToString().ToLowerInvariant(),
            regression = workload.IsRegression,
            batch = workload.BatchSize,
            epochs = workload.Epochs,
            optimizer = workload.Optimizer,
            learning_rate = workload.LearningRate,
            l2 = workload.L2,
        }));
    }

    public NetworkWorkload Workload { get; }

    public LabelledRows Data { get; }

    /// <summary>The JSON file that tells another process everything.</summary>
    public string SpecificationPath { get; }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write<T>(string name, T[] values)
        where T : unmanaged =>
        File.WriteAllBytes(Path.Combine(_folder, name), MemoryMarshal.AsBytes(values.AsSpan()));
}
