using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>What must hold for any training, whatever the figures.</summary>
[TestClass]
public class PropertyTests
{
    private const int Features = 5;
    private const int Classes = 3;

    [TestMethod]
    [DataRow(int.MaxValue)]
    [DataRow(7)]
    public void Sparse_equals_dense(int batchSize)
    {
        DenseData<double> dense = TestData.Clusters<double>(40, Features, Classes, weights: [.. Enumerable.Range(1, 40).Select(i => 0.1 * i)]);
        var sparse = new SparseData<double>(CsrMatrix<double>.FromDense(dense.Rows), dense.Targets);
        var options = Fitting.FullBatch with { BatchSize = batchSize, L2Regularization = 0.01 };

        Golden.AreClose(
            Fitting.Parameters(TestData.Linear<double>(Features, Classes), dense, options),
            Fitting.Parameters(TestData.Linear<double>(Features, Classes), sparse, options),
            relative: 1e-10);
    }

    [TestMethod]
    public void Batch_n_equals_gradient_descent_written_out()
    {
        DenseData<double> data = TestData.Clusters<double>(12, 3, 2);
        double[] actual = Fitting.Parameters(TestData.Linear<double>(3, 1, LossFunction.BinaryCrossEntropy), data, Fitting.FullBatch with { L2Regularization = 0.02 });

        double[] w = TestData.Linear<double>(3, 1, LossFunction.BinaryCrossEntropy).CopyParameters();
        for (int epoch = 0; epoch < Fitting.FullBatch.NumberOfEpochs; epoch++)
        {
            var gradient = new double[4];
            for (int i = 0; i < 12; i++)
            {
                ReadOnlySpan<double> x = data.Rows.Row(i);
                double z = w[0] * x[0] + w[1] * x[1] + w[2] * x[2] + w[3];
                double error = (1 / (1 + Math.Exp(-z)) - data.Targets.Labels[i]) / 12;
                for (int j = 0; j < 4; j++)
                {
                    gradient[j] += error * (j < 3 ? x[j] : 1);
                }
            }

            for (int j = 0; j < 4; j++)
            {
                w[j] -= Fitting.FullBatch.LearningRate * (gradient[j] + (j < 3 ? 2 * 0.02 * w[j] : 0));
            }
        }

        Golden.AreClose(w, actual, relative: 1e-10);
    }

    [TestMethod]
    public void The_last_partial_batch_counts_by_its_size()
    {
        // The rate is so small that the weights stay: then the mean over the batches must be the mean over the rows.
        DenseData<double> data = TestData.Clusters<double>(11, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes);
        double expected = MiniBatchTrainer<double>.Evaluate(network, data).Loss;

        var options = new TrainingOptions<double> { BatchSize = 4, NumberOfEpochs = 1, LearningRate = 1e-18 };
        EpochRecord record = new MiniBatchTrainer<double>(options).Fit(network, data).History[0];

        Assert.AreEqual(expected, record.TrainLoss, 1e-12);
    }

    [TestMethod]
    public void Permuting_the_rows_of_a_full_batch_changes_nothing_but_rounding()
    {
        DenseData<double> data = TestData.Clusters<double>(30, Features, Classes);
        int[] permuted = [.. Enumerable.Range(0, 30)];
        new SplitMix64(5).Shuffle(permuted.AsSpan());

        Golden.AreClose(
            Fitting.Parameters(TestData.Linear<double>(Features, Classes), data),
            Fitting.Parameters(TestData.Linear<double>(Features, Classes), data.Subset(permuted)),
            relative: 1e-10);
    }

    [TestMethod]
    public void More_L2_gives_smaller_weights()
    {
        double[] norms = [.. new[] { 0, 0.01, 0.1, 1 }.Select(lambda => SumOfSquares(Weights(Fitting.FullBatch with { L2Regularization = lambda, NumberOfEpochs = 200 })))];
        CollectionAssert.AreEqual(norms.OrderDescending().ToArray(), norms);
        Assert.IsLessThan(0.5 * norms[0], norms[3]);
    }

    [TestMethod]
    public void More_L1_gives_more_weights_that_are_exactly_zero()
    {
        int[] zeros = [.. new[] { 0, 0.02, 0.1, 10 }.Select(lambda => Weights(Fitting.FullBatch with { L1Regularization = lambda, NumberOfEpochs = 200 }).Count(w => w == 0))];
        CollectionAssert.AreEqual(zeros.Order().ToArray(), zeros);
        Assert.AreEqual(0, zeros[0]);
        Assert.IsTrue(zeros[2] is > 0 and < Features * Classes);
        Assert.AreEqual(Features * Classes, zeros[3]);
    }

    [TestMethod]
    public void Penalties_are_part_of_the_training_loss_and_not_of_the_validation_loss()
    {
        DenseData<double> data = TestData.Clusters<double>(20, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes);
        double loss = MiniBatchTrainer<double>.Evaluate(network, data).Loss;
        double[] weights = network.CopyParameters()[..(Features * Classes)];
        double penalised = loss + 0.1 * SumOfSquares(weights) + 0.01 * weights.Sum(Math.Abs);

        var options = Fitting.FullBatch with { NumberOfEpochs = 1, L2Regularization = 0.1, L1Regularization = 0.01 };
        EpochRecord record = new MiniBatchTrainer<double>(options).Fit(network, data, data).History[0];

        Assert.AreEqual(penalised, record.TrainLoss, 1e-12);
        Assert.AreEqual(MiniBatchTrainer<double>.Evaluate(network, data).Loss, record.ValidationLoss!.Value, 1e-12);
    }

    [TestMethod]
    public void Label_smoothing_0_equals_none_and_more_of_it_gives_milder_predictions()
    {
        double[] confidence = [.. new[] { 0, 0.1, 0.5 }.Select(MeanConfidence)];
        Assert.IsTrue(confidence[0] > confidence[1] && confidence[1] > confidence[2]);

        DenseData<double> data = TestData.Clusters<double>(20, Features, Classes);
        CollectionAssert.AreEqual(
            Fitting.Parameters(TestData.Linear<double>(Features, Classes), data),
            Fitting.Parameters(TestData.Linear<double>(Features, Classes, labelSmoothing: 0), data));
    }

    [TestMethod]
    public void Clipping_shortens_the_first_step_to_the_norm()
    {
        DenseData<double> data = TestData.Clusters<double>(20, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes);
        double[] before = network.CopyParameters();

        var options = Fitting.FullBatch with { NumberOfEpochs = 1, LearningRate = 1, GradientClipNorm = 0.01 };
        EpochRecord record = new MiniBatchTrainer<double>(options).Fit(network, data).History[0];

        double step = Math.Sqrt(SumOfSquares([.. network.CopyParameters().Zip(before, (a, b) => a - b)]));
        Assert.AreEqual(0.01, step, 1e-5);
        Assert.IsGreaterThan(0.01, record.GradientNorm);
    }

    private static double[] Weights(TrainingOptions<double> options) =>
        Fitting.Parameters(TestData.Linear<double>(Features, Classes), TestData.Clusters<double>(60, Features, Classes), options)[..(Features * Classes)];

    private static double MeanConfidence(double labelSmoothing)
    {
        DenseData<double> data = TestData.Clusters<double>(40, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes, labelSmoothing: labelSmoothing);
        Fitting.Parameters(network, data, Fitting.FullBatch with { NumberOfEpochs = 100 });
        Matrix<double> predictions = network.Predict(data.Rows);
        return Enumerable.Range(0, 40).Average(row => predictions.Row(row).ToArray().Max());
    }

    private static double SumOfSquares(double[] values) => values.Sum(value => value * value);
}
