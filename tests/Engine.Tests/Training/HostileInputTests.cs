using EE569.Engine.Data;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>Data and options at and beyond the edge: a defined result or an error that names the culprit.</summary>
[TestClass]
public class HostileInputTests
{
    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 2)]
    [DataRow(LossFunction.BinaryCrossEntropy, 1)]
    public void Logits_of_a_thousand_give_finite_losses_gradients_and_weights(LossFunction loss, int outputs)
    {
        Network<float> network = TestData.Linear<float>(1, outputs, loss);
        network.RestoreParameters(outputs == 2 ? [1000, -1000, 0, 0] : [1000, 0]);
        var data = new DenseData<float>(new Matrix<float>(4, 1, [1, -1, 1, -1]), [0, 1, 1, 0]);
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { NumberOfEpochs = 1, LearningRate = 1 }).Fit(network, data);
        Assert.AreEqual(StopReason.MaximumEpochs, result.StopReason);
        Assert.AreEqual(outputs == 2 ? 1000 : 500, result.History[0].TrainLoss, 0.5);
        Assert.IsTrue(double.IsFinite(result.History[0].GradientNorm) && network.CopyParameters().All(float.IsFinite));
    }

    [TestMethod]
    public void Features_of_1e30_diverge_or_train_but_leave_finite_weights()
    {
        Matrix<float> features = TestData.Circles<float>(50).Rows;
        foreach (ref float value in features.Values)
        {
            value *= 1e30f;
        }

        foreach (double rate in new[] { 1e-8, 0.1, 1e8, 1e30 })
        {
            Network<float> network = TestData.CircleNetwork<float>();
            var data = new DenseData<float>(features, TestData.Circles<float>(50).Targets);
            TrainingResult<float> result = new MiniBatchTrainer<float>(new() { LearningRate = rate, NumberOfEpochs = 20 }).Fit(network, data);
            Assert.IsTrue(result.StopReason is StopReason.Diverged or StopReason.MaximumEpochs);
            Assert.IsTrue(network.CopyParameters().All(float.IsFinite), $"rate {rate}");
        }
    }

    [TestMethod]
    public void Constant_features_learn_the_share_of_the_classes()
    {
        var features = new Matrix<double>(10, 2);
        features.Values.Fill(3);
        Network<double> network = TestData.Linear<double>(2, 2);
        Fitting.Parameters(network, new DenseData<double>(features, [0, 0, 0, 0, 0, 0, 0, 1, 1, 1]), Fitting.FullBatch with { NumberOfEpochs = 500, LearningRate = 0.1 });
        Golden.AreClose([0.7, 0.3], network.Predict(features.Slice(0, 1)).Values, relative: 1e-6);
    }

    [TestMethod]
    public void A_single_class_is_learnt_without_harm()
    {
        DenseData<double> circles = TestData.Circles<double>(20);
        var data = new DenseData<double>(circles.Rows, new int[20]);
        Network<double> network = TestData.CircleNetwork<double>();
        TrainingResult<double> result = new MiniBatchTrainer<double>(new() { LearningRate = 0.5 }).Fit(network, data);
        Assert.AreEqual(1, result.History[^1].TrainMetric);
        Assert.IsLessThan(0.05, result.History[^1].TrainLoss);

        Network<double> oneOutput = TestData.Linear<double>(2, 1);
        Assert.AreEqual(0, new MiniBatchTrainer<double>(new() { NumberOfEpochs = 1 }).Fit(oneOutput, data).History[0].TrainLoss);
    }

    [TestMethod]
    public void A_single_row_is_enough()
    {
        var data = new DenseData<float>(new Matrix<float>(1, 2, [1, 2]), [1]);
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { BatchSize = 32, LearningRate = 0.5 }).Fit(TestData.CircleNetwork<float>(), data, data);
        Assert.AreEqual(1, result.History[^1].ValidationMetric);
    }

    [TestMethod]
    public void A_batch_larger_than_the_data_means_all_rows()
    {
        DenseData<double> data = TestData.Clusters<double>(10, 3, 2);
        CollectionAssert.AreEqual(
            Fitting.Parameters(TestData.Linear<double>(3, 2), data, Fitting.FullBatch with { BatchSize = 10 }),
            Fitting.Parameters(TestData.Linear<double>(3, 2), data, Fitting.FullBatch with { BatchSize = int.MaxValue }));
    }

    [TestMethod]
    public void No_row_at_all_is_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => new DenseData<float>(new Matrix<float>(0, 2), []));

    [TestMethod]
    public void A_feature_that_is_not_finite_is_named()
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            string message = Assert.ThrowsExactly<ArgumentException>(() => new DenseData<float>(Matrix<float>.FromRows([1, 2], [3, bad]), [0, 1])).Message;
            Assert.Contains("Row 1: feature at position 1", message);
            var sparse = new CsrMatrix<float>(2, 9, [0, 0, 1], [4], [bad]);
            Assert.ThrowsExactly<ArgumentException>(() => new SparseData<float>(sparse, [0, 1]));
        }
    }

    [TestMethod]
    public void Features_whose_sum_overflows_are_accepted() =>
        Assert.AreEqual(1L, new DenseData<float>(new Matrix<float>(1, 2, [float.MaxValue, float.MaxValue]), [0]).Count);

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 2, 2)]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 2, -1)]
    [DataRow(LossFunction.BinaryCrossEntropy, 1, 2)]
    public void A_label_outside_the_classes_is_named(LossFunction loss, int outputs, int label)
    {
        var data = new DenseData<float>(new Matrix<float>(3, 1), [0, 1, label]);
        string message = Assert.ThrowsExactly<ArgumentException>(() => new MiniBatchTrainer<float>(new()).Fit(TestData.Linear<float>(1, outputs, loss), data)).Message;
        Assert.Contains($"Row 2: label {label}", message);
    }

    [TestMethod]
    public void Targets_that_do_not_suit_the_loss_are_refused()
    {
        var labels = new DenseData<float>(new Matrix<float>(1, 1), [0]);
        var probabilities = new DenseData<float>(new Matrix<float>(1, 1), new Matrix<float>(1, 2, [0.5f, 0.6f]));
        var values = new DenseData<float>(new Matrix<float>(1, 1), new Matrix<float>(1, 1, [7]));
        Refuse(LossFunction.MeanSquaredError, 1, labels, "target values");
        Refuse(LossFunction.SoftmaxCrossEntropy, 2, probabilities, "sum to");
        Refuse(LossFunction.BinaryCrossEntropy, 1, values, "target 7");
        Refuse(LossFunction.BinaryCrossEntropy, 3, labels, "one output");

        static void Refuse(LossFunction loss, int outputs, DenseData<float> data, string part) =>
            Assert.Contains(part, Assert.ThrowsExactly<ArgumentException>(() => MiniBatchTrainer<float>.Evaluate(TestData.Linear<float>(1, outputs, loss), data)).Message);
    }

    [TestMethod]
    public void Weights_that_are_negative_or_all_zero_are_refused()
    {
        DenseData<float> data = TestData.Circles<float>(4);
        Assert.ThrowsExactly<ArgumentException>(() => new Targets<float>([0, 1], [1, -1]));
        Assert.ThrowsExactly<ArgumentException>(() => new Targets<float>([0, 1], [1, float.NaN]));
        Assert.ThrowsExactly<ArgumentException>(() => new Targets<float>([0, 1], [1]));
        var weightless = new DenseData<float>(data.Rows, [0, 1, 0, 1], [0, 0, 0, 0]);
        Assert.ThrowsExactly<ArgumentException>(() => new MiniBatchTrainer<float>(new()).Fit(TestData.CircleNetwork<float>(), weightless));
    }

    [TestMethod]
    public void Data_of_another_width_is_refused()
    {
        DenseData<float> circles = TestData.Circles<float>(4);
        Assert.Contains("2 features", Assert.ThrowsExactly<ArgumentException>(() => new MiniBatchTrainer<float>(new()).Fit(TestData.Linear<float>(3, 2), circles)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => TestData.Linear<float>(3, 2).Predict(circles.Rows));
    }

    [TestMethod]
    public void Every_option_out_of_range_is_named()
    {
        var valid = new TrainingOptions<float>();
        foreach ((string name, TrainingOptions<float> options) in new (string, TrainingOptions<float>)[]
        {
            ("BatchSize", valid with { BatchSize = 0 }),
            ("NumberOfEpochs", valid with { NumberOfEpochs = -1 }),
            ("LearningRate", valid with { LearningRate = 0 }),
            ("LearningRate", valid with { LearningRate = double.NaN }),
            ("Schedule", valid with { Schedule = null! }),
            ("ScheduleInterval", valid with { ScheduleInterval = (ScheduleInterval)9 }),
            ("Optimizer", valid with { Optimizer = null! }),
            ("L2Regularization", valid with { L2Regularization = -1 }),
            ("L1Regularization", valid with { L1Regularization = double.PositiveInfinity }),
            ("GradientClipNorm", valid with { GradientClipNorm = 0 }),
            ("NumberOfThreads", valid with { NumberOfThreads = 0 }),
            ("ConvergenceTolerance", valid with { ConvergenceTolerance = -1 }),
            ("ConvergencePatience", valid with { ConvergencePatience = 0 }),
            ("DivergenceThreshold", valid with { DivergenceThreshold = 1 }),
            ("CheckpointInterval", valid with { CheckpointInterval = 0 }),
            ("EarlyStopping.Patience", valid with { EarlyStopping = new EarlyStopping { Patience = 0 } }),
            ("EarlyStopping.MinimumDelta", valid with { EarlyStopping = new EarlyStopping { MinimumDelta = double.NaN } }),
            ("EarlyStopping.Metric", valid with { EarlyStopping = new EarlyStopping { Metric = (EarlyStoppingMetric)9 } }),
        })
        {
            Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MiniBatchTrainer<float>(options)).ParamName);
        }
    }
}
