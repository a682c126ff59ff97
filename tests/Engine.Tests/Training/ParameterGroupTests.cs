using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Optimizers;
using EE569.Engine.Random;
using EE569.Engine.Schedules;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Training;

/// <summary>What a group says of a parameter is what a training does, and other schedules than that of the rate are followed.</summary>
[TestClass]
public class ParameterGroupTests
{
    private static readonly TrainingOptions<double> Options = new()
    {
        BatchSize = 10,
        NumberOfEpochs = 3,
        LearningRate = 0.1,
        Shuffle = false,
        DivergenceThreshold = null,
    };

    [TestMethod]
    public void A_rate_factor_equals_another_rate()
    {
        foreach (Optimizer<double> optimizer in new Optimizer<double>[] { new SGD<double>(), new Momentum<double>(), new Adam<double>(), new AdaGrad<double>() })
        {
            TrainingOptions<double> options = Options with { Optimizer = optimizer, L1Regularization = 0.01, L2Regularization = 0.01 };
            double[] sixfold = Train(options, new() { LearningRateFactor = 6 });
            Golden.AreClose(Train(options with { LearningRate = 0.6 }, new()), sixfold, relative: 1e-12);
        }
    }

    [TestMethod]
    public void Factors_of_penalties_equal_other_penalties()
    {
        TrainingOptions<double> options = Options with { L1Regularization = 0.02, L2Regularization = 0.03 };
        double[] factors = Train(options, new() { L1Factor = 0.5, L2Factor = 2 });
        Golden.AreClose(Train(options with { L1Regularization = 0.01, L2Regularization = 0.06 }, new()), factors, relative: 1e-12);
        CollectionAssert.AreEqual(Train(Options, new()), Train(options, ParameterGroup.Biases));
    }

    [TestMethod]
    public void Losses_and_sparse_steps_honour_the_factors()
    {
        DenseData<double> dense = TestData.Clusters<double>(60, 40, 3);
        var sparse = new SparseData<double>(CsrMatrix<double>.FromDense(dense.Rows), dense.Targets);
        TrainingOptions<double> options = Options with { L2Regularization = 0.03, GradientClipNorm = 0.2 };
        var group = new ParameterGroup { LearningRateFactor = 3, L2Factor = 2, Schedule = EE569.Engine.Schedules.Schedules.Cosine() };
        (Network<double> a, Network<double> b) = (Create(40, group), Create(40, group));
        History denseHistory = new MiniBatchTrainer<double>(options).Fit(a, dense).History;
        History sparseHistory = new MiniBatchTrainer<double>(options).Fit(b, sparse).History;
        Golden.AreClose(a.CopyParameters(), b.CopyParameters(), relative: 1e-9);
        Golden.AreClose([.. denseHistory.Select(epoch => epoch.TrainLoss)], [.. sparseHistory.Select(epoch => epoch.TrainLoss)], relative: 1e-9);
        Golden.AreClose([.. denseHistory.Select(epoch => epoch.GradientNorm)], [.. sparseHistory.Select(epoch => epoch.GradientNorm)], relative: 1e-9);
    }

    [TestMethod]
    public void Decay_has_a_factor_and_a_schedule()
    {
        // The gradient is 0 where all features are: what is left is the decay.
        var data = new DenseData<double>(new Matrix<double>(4, 2), [0, 1, 0, 1]);
        Schedule half = (step, total) => step < total / 2 ? 1 : 0.5;
        foreach ((ParameterGroup group, TrainingOptions<double> options, double[] shrinks) in new (ParameterGroup, TrainingOptions<double>, double[])[]
        {
            (new(), Options, [0.01, 0.01, 0.01, 0.01]),
            (new() { DecayFactor = 3, LearningRateFactor = 2 }, Options, [0.06, 0.06, 0.06, 0.06]),
            (new(), Options with { DecaySchedule = half }, [0.01, 0.01, 0.005, 0.005]),
            (new() { DecaySchedule = half }, Options with { DecaySchedule = (_, _) => 7 }, [0.01, 0.01, 0.005, 0.005]),
            (new(), Options with { Schedule = half, DecaySchedule = half }, [0.01, 0.01, 0.0025, 0.0025]),
            (new() { Schedule = EE569.Engine.Schedules.Schedules.Constant }, Options with { Schedule = half }, [0.01, 0.01, 0.01, 0.01]),
        })
        {
            Network<double> network = Create(2, group);
            double before = network.Parameters[0].Value[0, 0];
            new MiniBatchTrainer<double>(options with { BatchSize = 4, NumberOfEpochs = 4, Optimizer = new AdamW<double>(0.1) }).Fit(network, data);
            Assert.AreEqual(shrinks.Aggregate(before, (value, shrink) => value * (1 - shrink)), network.Parameters[0].Value[0, 0], 1e-12);
        }
    }

    [TestMethod]
    public void Dropout_follows_its_schedule()
    {
        DenseData<float> data = TestData.Circles<float>(40);
        var options = new TrainingOptions<float> { BatchSize = 10, NumberOfEpochs = 4 };
        float[] never = Train(0.5, options with { DropoutSchedule = (_, _) => 0 });
        float[] atFirst = Train(0.5, options with { DropoutSchedule = EE569.Engine.Schedules.Schedules.FlatCosine(0.5) });
        CollectionAssert.AreEqual(Train(0, options), never);
        CollectionAssert.AreEqual(Train(0.2, options), Train(0.4, options with { DropoutSchedule = (_, _) => 0.5 }));
        CollectionAssert.AreNotEqual(never, atFirst);
        CollectionAssert.AreNotEqual(Train(0.5, options), atFirst);

        float[] Train(double dropout, TrainingOptions<float> options)
        {
            Network<float> network = TestData.CircleNetwork<float>(dropout: dropout);
            new MiniBatchTrainer<float>(options).Fit(network, data);
            return network.CopyParameters();
        }
    }

    [TestMethod]
    public void A_factor_out_of_range_is_named_and_a_schedule_of_a_group_needs_the_number_of_rows()
    {
        Assert.AreEqual("DecayFactor", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ParameterGroup { DecayFactor = -1 }).ParamName);
        Assert.AreEqual("LearningRateFactor", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new ParameterGroup { LearningRateFactor = double.NaN }).ParamName);
        DenseData<double> rows = TestData.Circles<double>(20);
        var stream = new StreamingData<double>(2, () => new Data.ListReader(rows, Enumerable.Range(0, 20)));
        Network<double> network = Create(2, new() { Schedule = EE569.Engine.Schedules.Schedules.Cosine() });
        StringAssert.Contains(
            Assert.ThrowsExactly<ArgumentException>(() => new MiniBatchTrainer<double>(Options).Fit(network, stream)).Message, "counts steps");
    }

    private static double[] Train(TrainingOptions<double> options, ParameterGroup group)
    {
        Network<double> network = Create(5, group);
        new MiniBatchTrainer<double>(options).Fit(network, TestData.Clusters<double>(40, 5, 3));
        return network.CopyParameters();
    }

    /// <summary>A softmax regression whose weights are of a group; it has no bias that the group would not rule.</summary>
    private static Network<double> Create(int features, ParameterGroup group)
    {
        var random = new SplitMix64(4);
        var input = new Input<double>(features);
        var scores = new Multiply<double>(input, new Parameter<double>("W", TestData.Normal<double>(ref random, 3, features), group));
        var linear = new Linear<double>(input, new Parameter<double>("W", TestData.Normal<double>(ref random, 3, features), group), new Parameter<double>("b", 1, 3, new() { LearningRateFactor = 0 }));
        return features == 40 ? Of(linear) : Of(scores);

        Network<double> Of(Node<double> output) => new(input, output, new SoftmaxCrossEntropy<double>(output));
    }
}
