using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Losses;
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
    [TestMethod]
    [DataRow(1, false)]
    [DataRow(7, false)]
    [DataRow(7, true)]
    public void Steps_after_the_first_epoch_allocate_nothing(int batchSize, bool isSparse)
    {
        DenseData<float> dense = TestData.Clusters<float>(50, 6, 3, weights: [.. Enumerable.Repeat(1.5f, 50)]);
        DataSource<float> data = isSparse ? new SparseData<float>(CsrMatrix<float>.FromDense(dense.Rows), dense.Targets) : dense;
        Network<float> network = new FeedForward { Inputs = 6, HiddenLayers = [10, 8], Outputs = 3, Dropout = 0.1, Activation = Activation.Tanh }.Build<float>();
        var options = new TrainingOptions<float>
        {
            BatchSize = batchSize,
            Optimizer = new Adam<float>(),
            L2Regularization = 0.01,
            L1Regularization = 0.01,
            GradientClipNorm = 1,
        };
        var steps = new StepRunner<float>(network, options, isSparse);
        using BatchReader<float> reader = data.CreateReader(options.BatchSize, network, isSparse);
        var metric = new Metric();
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
                sum += steps.Forward(reader.Current);
                network.Loss.Measure(metric);
                steps.Update(options.Rates(1, 10));
            }

            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            return sum;
        }
    }

    [TestMethod]
    public void Predicting_a_row_allocates_nothing()
    {
        Predictor<float> predictor = TestData.CircleNetwork<float>(dropout: 0.5).CreatePredictor();
        float[] row = [0.1f, 0.2f];
        var result = new float[2];
        predictor.PredictRow(row, result);
        long before = GC.GetAllocatedBytesForCurrentThread();
        predictor.PredictRow(row, result);
        predictor.PredictRow([1], [0.2f], result);
        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
