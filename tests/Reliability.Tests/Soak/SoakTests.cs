using System.Diagnostics;
using EE569.Engine.Data;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Reliability.Tests.Soak;

/// <summary>Long and parallel use: memory and handles stay flat, and nobody disturbs anybody.</summary>
[TestClass]
public sealed class SoakTests
{
    [TestMethod]
    public void A_thousand_trainings_and_a_million_predictions_leave_memory_and_handles_flat()
    {
        Repeat(trainings: 100, predictions: 100_000);
        (long memory, int handles) = Footprint();

        Repeat(trainings: 1_000, predictions: 1_000_000);

        (long memoryAfter, int handlesAfter) = Footprint();
        Assert.IsLessThan(4L << 20, memoryAfter - memory, $"memory grew by {memoryAfter - memory} bytes");
        Assert.IsLessThan(50, handlesAfter - handles, $"{handlesAfter - handles} more handles");
    }

    [TestMethod]
    public void Sixteen_parallel_trainings_and_predictions_equal_those_one_by_one()
    {
        float[][] oneByOne = [.. Enumerable.Range(0, 16).Select(Train)];
        float[][] parallel = new float[16][];
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, i => parallel[i] = Train(i));
        for (int i = 0; i < 16; i++)
        {
            CollectionAssert.AreEqual(oneByOne[i], parallel[i], $"training {i}");
        }

        (Network<float> network, DenseData<float> data) = Problem.Small(seed: 1);
        float[] expected = Predict(network, data);
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 16 }, _ =>
        {
            for (int round = 0; round < 200; round++)
            {
                CollectionAssert.AreEqual(expected, Predict(network, data));
            }
        });
    }

    private static float[] Predict(Network<float> network, DenseData<float> data)
    {
        Predictor<float> predictor = network.CreatePredictor();
        float[] row = new float[2];
        var outputs = new List<float>();
        for (int i = 0; i < data.Rows.Rows; i++)
        {
            predictor.PredictRow(data.Rows.Row(i), row);
            outputs.AddRange(row);
        }

        return [.. outputs];
    }

    private static float[] Train(int seed)
    {
        (Network<float> network, DenseData<float> data) = Problem.Small((ulong)seed);
        new MiniBatchTrainer<float>(new TrainingOptions<float> { NumberOfEpochs = 20, BatchSize = 8, NumberOfThreads = 1 + (seed % 4) }).Fit(network, data);
        return network.CopyParameters();
    }

    private static void Repeat(int trainings, int predictions)
    {
        for (int i = 0; i < trainings; i++)
        {
            Train(i);
        }

        (Network<float> network, DenseData<float> data) = Problem.Small(seed: 1);
        Predictor<float> predictor = network.CreatePredictor();
        float[] result = new float[2];
        for (int i = 0; i < predictions; i++)
        {
            predictor.PredictRow(data.Rows.Row(i % data.Rows.Rows), result);
        }
    }

    private static (long Memory, int Handles) Footprint()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.HandleCount);
    }
}
