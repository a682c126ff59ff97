using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>What example and class weights mean.</summary>
[TestClass]
public class WeightingTests
{
    private const int Features = 4;
    private const int Classes = 3;

    [TestMethod]
    public void Weight_2_equals_the_row_twice()
    {
        DenseData<double> plain = TestData.Clusters<double>(30, Features, Classes);
        double[] weights = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 2.0 : 1.0)];
        int[] repeated = [.. Enumerable.Range(0, 30).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];

        Golden.AreClose(Train(plain.Subset(repeated)), Train(Weighted(plain, weights)), relative: 1e-10);
    }

    [TestMethod]
    public void Weight_0_equals_the_row_absent()
    {
        DenseData<double> plain = TestData.Clusters<double>(30, Features, Classes);
        double[] weights = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 0.0 : 1.0)];
        int[] kept = [.. Enumerable.Range(0, 30).Where(i => weights[i] > 0)];

        Golden.AreClose(Train(plain.Subset(kept)), Train(Weighted(plain, weights)), relative: 1e-10);
    }

    [TestMethod]
    public void The_scale_of_the_weights_does_not_matter()
    {
        DenseData<double> plain = TestData.Clusters<double>(30, Features, Classes);
        double[] weights = [.. Enumerable.Range(1, 30).Select(i => (double)i)];
        Golden.AreClose(Train(Weighted(plain, weights)), Train(Weighted(plain, [.. weights.Select(w => 1000 * w)])), relative: 1e-10);
    }

    [TestMethod]
    public void A_batch_whose_weights_sum_to_zero_changes_nothing()
    {
        DenseData<double> data = TestData.Clusters<double>(8, Features, Classes);
        DenseData<double> padded = Weighted(data.Subset([0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3]), [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0]);
        var options = new TrainingOptions<double> { BatchSize = 4, NumberOfEpochs = 5, Shuffle = false, L2Regularization = 0.1, Optimizer = new Engine.Optimizers.Adam<double>() };
        Network<double> network = TestData.Linear<double>(Features, Classes);
        Network<double> other = TestData.Linear<double>(Features, Classes);

        TrainingResult<double> expected = new MiniBatchTrainer<double>(options).Fit(network, data);
        TrainingResult<double> actual = new MiniBatchTrainer<double>(options).Fit(other, padded);

        CollectionAssert.AreEqual(network.CopyParameters(), other.CopyParameters());
        Assert.AreEqual(expected.History[^1].TrainLoss, actual.History[^1].TrainLoss);
    }

    [TestMethod]
    public void A_class_weight_equals_that_weight_on_each_of_its_rows()
    {
        DenseData<double> plain = TestData.Clusters<double>(30, Features, Classes);
        double[] ofClasses = [0.5, 2, 1];
        double[] ofRows = [.. plain.Targets.Labels.ToArray().Select(label => ofClasses[label])];
        Golden.AreClose(Train(Weighted(plain, ofRows)), Train(plain, Fitting.FullBatch with { ClassWeights = ofClasses }), relative: 1e-10);
    }

    [TestMethod]
    public void Balanced_class_weights_make_every_class_weigh_the_same()
    {
        double[] weights = ClassWeights.Balanced(4, 0, 2, 0);
        Golden.AreClose([6 / (2 * 4.0), 0, 6 / (2 * 2.0), 0], weights);
    }

    [TestMethod]
    public void The_class_weights_of_a_training_end_with_it()
    {
        DenseData<double> data = TestData.Clusters<double>(9, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes);
        Evaluation before = MiniBatchTrainer<double>.Evaluate(network, data);
        var options = new TrainingOptions<double> { NumberOfEpochs = 0, ClassWeights = [1, 5, 25] };
        new MiniBatchTrainer<double>(options).Fit(network, data);
        Assert.AreEqual(before, MiniBatchTrainer<double>.Evaluate(network, data));
        new LearningRateFinder<double>().Find(network, data, options);
        Assert.AreEqual(before, MiniBatchTrainer<double>.Evaluate(network, data));

        network.Loss.ClassWeights = [1, 5, 25];
        Evaluation weighted = MiniBatchTrainer<double>.Evaluate(network, data);
        Assert.AreNotEqual(before, weighted);
        new MiniBatchTrainer<double>(options with { ClassWeights = null }).Fit(network, data);
        Assert.AreEqual(weighted, MiniBatchTrainer<double>.Evaluate(network, data));
    }

    [TestMethod]
    public void Rows_of_weight_zero_alone_cannot_be_evaluated()
    {
        DenseData<double> data = TestData.Clusters<double>(9, Features, Classes);
        Network<double> network = TestData.Linear<double>(Features, Classes);
        var error = Assert.ThrowsExactly<ArgumentException>(() => MiniBatchTrainer<double>.Evaluate(network, Weighted(data, new double[data.Targets.Rows])));
        Assert.Contains("weights of all rows are 0", error.Message);
    }

    [TestMethod]
    public void Class_weights_of_the_wrong_number_or_sign_are_refused()
    {
        DenseData<double> data = TestData.Clusters<double>(9, Features, Classes);
        foreach (double[] weights in new double[][] { [1, 2], [1, 1, -1], [1, 1, double.NaN] })
        {
            string message = Assert.ThrowsExactly<ArgumentException>(() => Train(data, Fitting.FullBatch with { ClassWeights = weights })).Message;
            Assert.Contains("ClassWeights", message);
        }
    }

    [TestMethod]
    public void Normalising_by_the_batch_size_makes_heavy_batches_step_further()
    {
        DenseData<double> data = Weighted(TestData.Clusters<double>(10, Features, Classes), [.. Enumerable.Repeat(3.0, 10)]);
        Network<double> mean = TestData.Linear<double>(Features, Classes);
        Network<double> sum = TestData.Linear<double>(Features, Classes);
        sum.Loss.Normalization = LossNormalization.BatchSize;

        Fitting.Parameters(mean, data, Fitting.FullBatch with { LearningRate = 0.3, NumberOfEpochs = 1 });
        Fitting.Parameters(sum, data, Fitting.FullBatch with { LearningRate = 0.1, NumberOfEpochs = 1 });

        Golden.AreClose(mean.CopyParameters(), sum.CopyParameters());
    }

    private static DenseData<double> Weighted(DenseData<double> data, double[] weights) => new(data.Rows, data.Targets.Labels.ToArray(), weights);

    private static double[] Train(DenseData<double> data, TrainingOptions<double>? options = null) =>
        Fitting.Parameters(TestData.Linear<double>(Features, Classes), data, options);
}
