using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Initializers;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;
using EE569.Engine.Training;

namespace EE569.Engine.Tests;

/// <summary>Building, predicting and the equality of Linear with the pair it replaces.</summary>
[TestClass]
public class NetworkTests
{
    [TestMethod]
    public void Linear_equals_multiply_and_add_at_every_epoch()
    {
        DenseData<double> data = TestData.Circles<double>();
        TrainingResult<double> single = Fit((x, w, b) => new Linear<double>(x, w, b));
        TrainingResult<double> pair = Fit((x, w, b) => new Add<double>(new Multiply<double>(x, w), b));

        Assert.HasCount(50, single.History);
        Golden.AreClose([.. single.History.Select(r => r.TrainLoss)], [.. pair.History.Select(r => r.TrainLoss)], relative: 1e-12);
        Assert.AreEqual(single.Network.Graph.Nodes.Count + 2, pair.Network.Graph.Nodes.Count);

        TrainingResult<double> Fit(Func<Node<double>, Parameter<double>, Parameter<double>, Node<double>> layer)
        {
            var random = new SplitMix64(1);
            var input = new Input<double>(2);
            Node<double> hidden = new Tanh<double>(layer(input, new("W1", TestData.Normal<double>(ref random, 5, 2)), new("b1", 1, 5)));
            Node<double> output = layer(hidden, new("W2", TestData.Normal<double>(ref random, 1, 5)), new("b2", 1, 1));
            var network = new Network<double>(input, output, new BinaryCrossEntropy<double>(output));
            return new MiniBatchTrainer<double>(new() { NumberOfEpochs = 50, LearningRate = 0.1 }).Fit(network, data);
        }
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy)]
    [DataRow(LossFunction.BinaryCrossEntropy)]
    [DataRow(LossFunction.MeanSquaredError)]
    public void All_ways_to_predict_agree(LossFunction loss)
    {
        Matrix<double> features = TestData.Clusters<double>(600, 6, 3).Rows;
        Network<double> network = new FeedForward { Inputs = 6, HiddenLayers = [8], Outputs = 3, Dropout = 0.5, Loss = loss }.Build<double>();
        var sparse = CsrMatrix<double>.FromDense(features);

        double[] expected = network.Predict(features).Values.ToArray();

        Golden.AreClose(expected, network.Predict(sparse).Values, relative: 1e-12);
        Predictor<double> predictor = network.CreatePredictor();
        var result = new double[3];
        for (int row = 0; row < features.Rows; row++)
        {
            predictor.PredictRow(features.Row(row), result);
            Golden.AreClose(expected.AsSpan(3 * row, 3), result, relative: 1e-12);
            predictor.PredictRow(sparse.Indices(row), sparse.Values(row), result);
            Golden.AreClose(expected.AsSpan(3 * row, 3), result, relative: 1e-12);
        }
    }

    [TestMethod]
    public void A_row_with_few_non_zeros_has_the_bits_of_sparse_rows_and_one_that_does_not_ascend_is_refused()
    {
        var sparse = new CsrMatrix<float>(2, 1000, [0, 3, 3], [5, 70, 999], [0.5f, -2, 1]);
        Network<float> network = new FeedForward { Inputs = 1000, HiddenLayers = [8], Outputs = 3 }.Build<float>();
        float[] expected = network.Predict(sparse).Values.ToArray();
        Predictor<float> predictor = network.CreatePredictor();
        var result = new float[3];
        for (int row = 0; row < 2; row++)
        {
            predictor.PredictRow(sparse.Indices(row), sparse.Values(row), result);
            CollectionAssert.AreEqual(expected[(3 * row)..(3 * row + 3)], result);
        }

        Assert.ThrowsExactly<ArgumentException>(() => predictor.PredictRow([70, 5], [1, 1], result));
        Assert.ThrowsExactly<ArgumentException>(() => predictor.PredictRow([1000], [1], result));
    }

    [TestMethod]
    public void Probabilities_are_probabilities_even_for_extreme_scores()
    {
        Network<float> softmax = TestData.Linear<float>(1, 3);
        softmax.RestoreParameters([1000, 0, -1000, 0, 0, 0]);
        CollectionAssert.AreEqual(new float[] { 1, 0, 0 }, softmax.Predict(new Matrix<float>(1, 1, [1])).Values.ToArray());
        Network<float> logistic = TestData.Linear<float>(1, 1, LossFunction.BinaryCrossEntropy);
        logistic.RestoreParameters([1000, 0]);
        CollectionAssert.AreEqual(new float[] { 1, 0, 0.5f }, logistic.Predict(new Matrix<float>(3, 1, [1, -1, 0])).Values.ToArray());
    }

    [TestMethod]
    public void Predictors_see_the_parameters_as_they_change_and_can_run_side_by_side()
    {
        DenseData<float> data = TestData.Circles<float>();
        Network<float> network = TestData.CircleNetwork<float>();
        Predictor<float>[] predictors = [.. Enumerable.Range(0, 4).Select(_ => network.CreatePredictor())];
        new MiniBatchTrainer<float>(new() { NumberOfEpochs = 5 }).Fit(network, data);
        float[] expected = network.Predict(data.Rows).Values.ToArray();
        System.Threading.Tasks.Parallel.ForEach(predictors, predictor =>
        {
            var result = new Matrix<float>(200, 2);
            for (int i = 0; i < 20; i++)
            {
                predictor.Predict(data.Rows, result);
                CollectionAssert.AreEqual(expected, result.Values.ToArray());
            }
        });
    }

    [TestMethod]
    public void Trainings_of_clones_at_the_same_time_do_not_disturb_each_other_nor_what_they_come_from()
    {
        DenseData<float> data = TestData.Circles<float>();
        Network<float> network = TestData.CircleNetwork<float>(dropout: 0.3);
        float[] start = network.CopyParameters();
        var options = new TrainingOptions<float> { NumberOfEpochs = 20, L2Regularization = 0.001, ClassWeights = [1, 3] };
        Network<float> alone = network.Clone();
        new MiniBatchTrainer<float>(options).Fit(alone, data, data);
        Network<float>[] clones = [.. Enumerable.Range(0, 4).Select(_ => network.Clone())];
        System.Threading.Tasks.Parallel.ForEach(clones, clone => new MiniBatchTrainer<float>(options).Fit(clone, data, data));
        foreach (Network<float> clone in clones)
        {
            CollectionAssert.AreEqual(alone.CopyParameters(), clone.CopyParameters());
        }

        CollectionAssert.AreEqual(start, network.CopyParameters());
    }

    [TestMethod]
    public void A_training_leaves_nothing_but_parameters_in_the_network()
    {
        DenseData<float> data = TestData.Circles<float>();
        Network<float> network = TestData.CircleNetwork<float>(dropout: 0.3);
        network.Input.Set(data.Rows);
        network.Loss.Targets = data.Targets;
        network.Graph.Forward();
        float[] scores = network.Output.Value.Values.ToArray();
        Evaluation before = MiniBatchTrainer<float>.Evaluate(network, data);
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { NumberOfEpochs = 0, ClassWeights = [1, 3] }).Fit(network, data);
        Assert.AreSame(network, result.Network);
        Assert.AreEqual(before, MiniBatchTrainer<float>.Evaluate(network, data));
        new MiniBatchTrainer<float>(new() { NumberOfEpochs = 2, ClassWeights = [1, 3] }).Fit(network, data);
        CollectionAssert.AreEqual(scores, network.Output.Value.Values.ToArray());
        Assert.IsNull(network.Loss.ClassWeights);
    }

    [TestMethod]
    public void Parameters_are_ordered_and_seeded_alike_in_both_precisions()
    {
        var description = new FeedForward { Inputs = 3, HiddenLayers = [4], Outputs = 2, BiasInitializer = Engine.Initializers.Initializers.Normal(1), Seed = 9 };
        Network<double> network = description.Build<double>();
        CollectionAssert.AreEqual(new[] { "W1", "b1", "W2", "b2" }, network.Parameters.Select(parameter => parameter.Name).ToArray());
        Assert.AreEqual(4 * 3 + 4 + 2 * 4 + 2, network.ParameterCount);
        CollectionAssert.AreEqual(network.CopyParameters().Select(value => (float)value).ToArray(), description.Build<float>().CopyParameters());
        CollectionAssert.AreNotEqual(network.CopyParameters(), (description with { Seed = 10 }).Build<double>().CopyParameters());
    }

    [TestMethod]
    public void Initialisers_have_the_variance_they_promise()
    {
        foreach ((Initializer initializer, double variance) in new (Initializer, double)[]
        {
            (Engine.Initializers.Initializers.Zeros, 0),
            (Engine.Initializers.Initializers.Normal(0.3), 0.09),
            (Engine.Initializers.Initializers.GlorotNormal, 2.0 / 500),
            (Engine.Initializers.Initializers.GlorotUniform, 2.0 / 500),
            (Engine.Initializers.Initializers.HeNormal, 2.0 / 200),
            (Engine.Initializers.Initializers.HeUniform, 2.0 / 200),
            (Engine.Initializers.Initializers.LeCunNormal, 1.0 / 200),
            (Engine.Initializers.Initializers.LeCunUniform, 1.0 / 200),
        })
        {
            double[] weights = new FeedForward { Inputs = 200, Outputs = 300, Initializer = initializer }.Build<double>().Parameters[0].Value.ToDoubles();
            Assert.AreEqual(0, weights.Average(), 5 * Math.Sqrt(variance / weights.Length));
            Assert.AreEqual(variance, weights.Average(w => w * w), 5 * variance * Math.Sqrt(2.0 / weights.Length));
        }
    }

    [TestMethod]
    public void A_description_out_of_range_is_named()
    {
        var valid = new FeedForward { Inputs = 2, Outputs = 2 };
        foreach ((string name, FeedForward description) in new (string, FeedForward)[]
        {
            ("Inputs", valid with { Inputs = 0 }),
            ("Outputs", valid with { Outputs = 0 }),
            ("HiddenLayers", valid with { HiddenLayers = [3, 0] }),
            ("HiddenLayers", valid with { HiddenLayers = null! }),
            ("IdCounts", valid with { IdCounts = [2, 0] }),
            ("IdCounts", valid with { IdCounts = [2] }),
            ("BiasInitializer", valid with { BiasInitializer = null! }),
            ("Activation", valid with { Activation = (Activation)99 }),
            ("Loss", valid with { Loss = (LossFunction)99 }),
            ("Dropout", valid with { Dropout = 1 }),
            ("LabelSmoothing", valid with { LabelSmoothing = -0.1 }),
            ("LabelSmoothing", valid with { LabelSmoothing = 0.1, Loss = LossFunction.MeanSquaredError }),
        })
        {
            Assert.AreEqual(name, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => description.Build<float>()).ParamName);
        }
    }

    [TestMethod]
    public void Regression_learns_the_line()
    {
        Network<double> network = TestData.Linear<double>(2, 1, LossFunction.MeanSquaredError);
        TrainingResult<double> result = new MiniBatchTrainer<double>(new() { LearningRate = 0.05 }).Fit(network, TestData.Line<double>());
        Golden.AreClose([2, -1, 0.5], network.CopyParameters(), relative: 0, absolute: 0.05);
        Assert.IsGreaterThan(0.99, result.History[^1].TrainMetric);
    }
}
