using System.Diagnostics;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Data;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Peers;

/// <summary>Trainings by this project's engine alone.</summary>
internal static class EngineTraining
{
    public static Outcome Train(NetworkWorkload workload, DataSource<float> data, int threads)
    {
        Network<float> network = workload.CreateNetwork();
        var trainer = new MiniBatchTrainer<float>(Options(workload, threads));
        long start = Stopwatch.GetTimestamp();
        trainer.Fit(network, data);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Outcome(seconds, MiniBatchTrainer<float>.Evaluate(network, data).Loss);
    }

    public static DataSource<float> Dense(LabelledRows rows)
    {
        var features = new Matrix<float>(rows.Rows, rows.Features, rows.Values);
        return rows.Numbers is { } numbers
            ? new DenseData<float>(features, new Matrix<float>(rows.Rows, 1, numbers))
            : new DenseData<float>(features, rows.Labels);
    }

    public static DataSource<float> Sparse(LabelledRows rows)
    {
        var builder = new CsrMatrixBuilder<float>(rows.Features);
        foreach (VectorExample example in DataViews.Examples(rows, isSparse: true))
        {
            builder.Append(example.Features.GetIndices(), example.Features.GetValues());
        }

        return new SparseData<float>(builder.Build(), rows.Labels);
    }

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
