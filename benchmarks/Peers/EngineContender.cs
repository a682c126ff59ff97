using System.Diagnostics;
using EE569.Benchmarks.Workloads;
using EE569.Engine;
using EE569.Engine.Data;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Peers;

/// <summary>This project's engine.</summary>
internal sealed class EngineContender : IContender
{
    public const string EngineName = "EE569";

    public string Name => EngineName;

    public string Version => typeof(Network<float>).Assembly.GetName().Version!.ToString(3);

    public IReadOnlyList<int> ThreadCounts { get; } = Environment.ProcessorCount > 1 ? [1, 2] : [1];

    public bool CanTrain(PreparedWorkload workload) => true;

    public Outcome Train(PreparedWorkload workload, int threads)
    {
        Network<float> network = workload.Workload.CreateNetwork();
        DenseData<float> data = Data(workload.Data);
        var trainer = new MiniBatchTrainer<float>(Options(workload.Workload, threads));
        TimeSpan processorStart = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        trainer.Fit(network, data);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double processorSeconds = (Environment.CpuUsage.TotalTime - processorStart).TotalSeconds;
        return new Outcome(seconds, processorSeconds, MiniBatchTrainer<float>.Evaluate(network, data).Loss);
    }

    public void Dispose()
    {
    }

    public static DenseData<float> Data(LabelledRows rows) =>
        new(new Matrix<float>(rows.Rows, rows.Features, rows.Values), rows.Labels);

    public static TrainingOptions<float> Options(NetworkWorkload workload, int threads) => new()
    {
        BatchSize = workload.BatchSize,
        NumberOfEpochs = workload.Epochs,
        LearningRate = workload.LearningRate,
        L2Regularization = workload.L2,
        Optimizer = workload.Optimizer == "adam" ? new Adam<float>() : new SGD<float>(),
        NumberOfThreads = threads,
    };
}
