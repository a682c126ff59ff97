using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>A step allocates nothing once the buffers are there.</summary>
[TestClass]
public class AllocationTests
{
    public static IEnumerable<object[]> Cases =>
    [
        [new FeedForward { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, Dropout = 0.1, Activation = Activation.Tanh }, 1, false],
        [new FeedForward { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, Dropout = 0.1, Activation = Activation.Tanh }, 7, false],
        [new FeedForward { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, Dropout = 0.1, Activation = Activation.Tanh }, 7, true],
        [new RealMlp { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3 }, 7, false],
        [new TabM { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, NumberOfMembers = 4, Edges = [[0, 1], [], [0, 1, 2], [], [-1, 1], []] }, 7, false],
        [new TabM { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, NumberOfMembers = 4, IsFull = true }, 7, true],
        // Cut into shards:
        [new RealMlp { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, Dropout = 0.1 }, 20, false],
        [new TabM { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, NumberOfMembers = 4, Edges = [[0, 1], [], [0, 1, 2], [], [-1, 1], []] }, 20, false],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Steps_after_the_first_epoch_allocate_nothing(Architecture description, int batchSize, bool isSparse)
    {
        DenseData<float> dense = TestData.Clusters<float>(50, 6, 3, weights: [.. Enumerable.Repeat(1.5f, 50)]);
        DataSource<float> data = isSparse ? new SparseData<float>(CsrMatrix<float>.FromDense(dense.Rows), dense.Targets) : dense;
        Network<float> network = description.Build<float>();
        isSparse &= network.ReadsSparseRows(density: 0);
        var options = new TrainingOptions<float>
        {
            BatchSize = batchSize,
            Optimizer = new Adam<float>(),
            L2Regularization = 0.01,
            L1Regularization = 0.01,
            GradientClipNorm = 1,
            ShardSize = 7,
        };
        var steps = new StepRunner<float>(network, options, isSparse);
        using BatchReader<float> reader = data.CreateReader(options.BatchSize, network, isSparse, network.Output.Members);
        reader.Cut = steps.Cut;
        steps.Start();
        for (int epoch = 0; epoch < 3; epoch++)
        {
            Assert.IsTrue(double.IsFinite(AllocatedBytes(epoch, out long bytes)));
            Assert.IsTrue(epoch < 2 || bytes == 0, $"{bytes} bytes in an epoch");
        }

        double AllocatedBytes(int epoch, out long bytes)
        {
            double sum = 0;
            long before = GC.GetAllocatedBytesForCurrentThread();
            reader.Start(SplitMix64.Derive(1, (ulong)epoch));
            while (reader.MoveNext())
            {
                steps.Compute(reader);
                sum += steps.Figures.Loss;
                steps.Update(options.Rates(1, 10));
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return sum;
        }
    }

    [TestMethod]
    [DataRow("circle")]
    [DataRow("RealMlp")]
    [DataRow("TabM")]
    public void Predicting_a_row_allocates_nothing(string name)
    {
        Predictor<float> predictor = (name switch
        {
            "circle" => TestData.CircleNetwork<float>(dropout: 0.5),
            "RealMlp" => new RealMlp { Inputs = 2, Outputs = 2 }.Build<float>(),
            _ => new TabM { Inputs = 2, Outputs = 2, Edges = [[0, 1], []] }.Build<float>(),
        }).CreatePredictor();
        float[] row = [0.1f, 0.2f];
        var result = new float[2];
        predictor.PredictRow(row, result);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.PredictRow(row, result);
        predictor.PredictRow([1], [0.2f], result);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
