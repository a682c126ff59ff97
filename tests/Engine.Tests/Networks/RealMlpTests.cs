using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Networks;

/// <summary>RealMLP: its start from data, its options, that it learns, and the same bits on any number of threads.</summary>
[TestClass]
public class RealMlpTests
{
    private static readonly RealMlp Description = new() { Inputs = 5, Outputs = 3, HiddenLayers = [20, 12], Waves = 6 };

    [TestMethod]
    public void Columns_have_waves_stand_as_they_are_or_are_the_levels_of_a_category()
    {
        RealMlp description = Description with { Columns = [0, 4], WaveColumns = [4], Categories = [(1, 3)] };
        Network<double> network = description.Build<double>();
        var parameters = network.Parameters.ToDictionary(parameter => parameter.Name, parameter => (parameter.Rows, parameter.Width));
        Assert.AreEqual((1, 6), parameters["frequencies"]);
        Assert.AreEqual((8, 3), parameters["category1"]);
        Assert.AreEqual((1, 3 + 2 + 8), parameters["scale"]);

        network.Input.Set(new Matrix<double>(2, 5, [0.3, 1, 0, 0, -2, 0.3, 0, 0, 1, 1.5]));
        network.Loss.Targets = new([0, 2]);
        foreach (GradientError error in network.Graph.GradientCheck())
        {
            Assert.IsLessThan(1e-7, error.NormError, error.Parameter);
        }

        StringAssert.Contains(Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => (Description with { Categories = [(3, 3)] }).Build<double>()).Message, "Categories");
    }

    [TestMethod]
    public void A_start_from_data_gives_every_unit_deviation_1_and_a_zero_among_the_rows()
    {
        Matrix<double> rows = TestData.Clusters<double>(300, 5, 3).Rows;
        Network<double> network = Description.Build(rows);
        network.Input.Set(rows);
        new Graph<double>(network.Output).Forward();
        Linear<double>[] layers = [.. network.Graph.Nodes.OfType<Linear<double>>()];
        Assert.HasCount(3, layers);
        foreach (Linear<double> layer in layers)
        {
            for (int unit = 0; unit < layer.Width; unit++)
            {
                double[] outputs = [.. Enumerable.Range(0, 300).Select(row => layer.Value[row, unit])];
                Assert.AreEqual(1, Math.Sqrt(outputs.Average(y => y * y) - outputs.Average() * outputs.Average()), 1e-12);
                Assert.IsTrue(outputs.Min() <= 0 && outputs.Max() >= 0);
            }
        }

        double[] parameters = network.CopyParameters();
        CollectionAssert.AreEqual(parameters, Description.Build(rows).CopyParameters());
        CollectionAssert.AreNotEqual(parameters, (Description with { Seed = 2 }).Build(rows).CopyParameters());
        CollectionAssert.AreNotEqual(parameters, Description.Build(rows.Slice(0, 200)).CopyParameters());
    }

    [TestMethod]
    public void A_start_from_constant_rows_leaves_the_weights_as_drawn()
    {
        var rows = new Matrix<double>(4, 5);
        Network<double> network = (Description with { HiddenLayers = [] }).Build(rows);
        Parameter<double> drawn = (Description with { HiddenLayers = [] }).Build<double>().Parameters.Single(p => p.Name == "W1");
        Assert.IsTrue(network.Parameters.Single(p => p.Name == "W1").Value.Values.SequenceEqual(drawn.Value.Values));
    }

    [TestMethod]
    public void The_groups_of_the_paper_are_those_of_the_parameters()
    {
        var groups = (Description with { IdCounts = [12] }).Build<float>().Parameters.ToDictionary(p => p.Name, p => (p.Group.LearningRateFactor, p.Group.DecayFactor));
        Assert.AreEqual((6, 6), groups["scale"]);
        Assert.AreEqual((0.1, 0.1), groups["frequencies"]);
        Assert.AreEqual((0.1, 0.1), groups["waves"]);
        Assert.AreEqual((0.1, 0.1), groups["a1"]);
        Assert.AreEqual((0.1, 0), groups["b1"]);
        Assert.AreEqual((1, 1), groups["W1"]);
        Assert.AreEqual((1, 1), groups["E"]);
    }

    [TestMethod]
    public void One_output_trains_as_the_difference_of_two()
    {
        DenseData<double> data = TestData.Circles<double>();
        RealMlp one = new() { Inputs = 2, Loss = LossFunction.BinaryCrossEntropy, HiddenLayers = [9], Dropout = 0 };
        Network<double> pair = (one with { Loss = LossFunction.SoftmaxCrossEntropy, Outputs = 2 }).Build(data.Rows);
        Network<double> single = one.Build<double>();
        foreach (Parameter<double> parameter in single.Parameters)
        {
            Matrix<double> ofPair = pair.Parameters.Single(p => p.Name == parameter.Name).Value;
            for (int i = 0; i < parameter.Value.Values.Length; i++)
            {
                parameter.Value.Values[i] = parameter.Name is "W2" or "b2" ? ofPair.Values[ofPair.Values.Length / 2 + i] - ofPair.Values[i] : ofPair.Values[i];
            }
        }

        TrainingOptions<double> recipe = Recipes.For<double>(one, 200, hasValidation: false) with { NumberOfEpochs = 5 };
        History ofSingle = new MiniBatchTrainer<double>(recipe).Fit(single, data).History;
        History history = new MiniBatchTrainer<double>(recipe).Fit(pair, data).History;
        Golden.AreClose([.. history.Select(epoch => epoch.TrainLoss)], [.. ofSingle.Select(epoch => epoch.TrainLoss)], relative: 1e-4);
        Assert.AreEqual(Math.Sqrt(2), Deviation(one.Build(data.Rows), data.Rows), 1e-12);

        static double Deviation(Network<double> network, Matrix<double> rows)
        {
            network.Input.Set(rows);
            new Graph<double>(network.Output).Forward();
            double[] scores = network.Output.Value.Values.ToArray();
            return Math.Sqrt(scores.Average(y => y * y) - scores.Average() * scores.Average());
        }
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy)]
    [DataRow(LossFunction.BinaryCrossEntropy)]
    [DataRow(LossFunction.MeanSquaredError)]
    public void It_learns_to_the_same_bits_on_any_number_of_threads(LossFunction loss)
    {
        DenseData<float> data = loss == LossFunction.MeanSquaredError ? TestData.Line<float>() : TestData.Circles<float>();
        RealMlp description = new()
        {
            Inputs = 2,
            Outputs = loss == LossFunction.SoftmaxCrossEntropy ? 2 : 1,
            Loss = loss,
            HiddenLayers = [64, 64],
            OutputRange = loss == LossFunction.MeanSquaredError ? (-9, 9) : null,
        };
        float[][] parameters = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            Network<float> network = description.Build(data.Rows);
            new MiniBatchTrainer<float>(Recipes.For<float>(description, 200) with { NumberOfEpochs = 40, NumberOfThreads = threads }).Fit(network, data, data);
            Assert.IsGreaterThan(0.97, MiniBatchTrainer<float>.Evaluate(network, data).Metric);
            return network.CopyParameters();
        })];
        CollectionAssert.AreEqual(parameters[0], parameters[1]);
        CollectionAssert.AreEqual(parameters[0], parameters[2]);
    }

    [TestMethod]
    public void Regression_predictions_stay_within_the_range()
    {
        Network<float> network = new RealMlp { Inputs = 1, Loss = LossFunction.MeanSquaredError, OutputRange = (-0.5, 0.25), HiddenLayers = [8] }.Build<float>();
        float[] predictions = network.Predict(new Matrix<float>(101, 1, [.. Enumerable.Range(-50, 101).Select(i => i / 5f)])).Values.ToArray();
        Assert.AreEqual(-0.5f, predictions.Min());
        Assert.AreEqual(0.25f, predictions.Max());
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Refuse("HiddenLayers", Description with { HiddenLayers = [8, 0] });
        Refuse("Activation", Description with { Activation = (Activation)99 });
        Refuse("Dropout", Description with { Dropout = 1 });
        Refuse("Waves", Description with { Waves = -1 });
        Refuse("EmbeddingSize", Description with { EmbeddingSize = 0 });
        Refuse("FrequencyScale", Description with { FrequencyScale = 0 });
        Refuse("IdEmbeddingSize", Description with { IdEmbeddingSize = 0 });
        Refuse("OutputRange", Description with { OutputRange = (0, 1) });
        Assert.Contains("ids", Assert.ThrowsExactly<ArgumentException>(() => (Description with { IdCounts = [3] }).Build(new Matrix<float>(2, 5))).Message);

        static void Refuse(string option, RealMlp description) =>
            Assert.Contains(option, Assert.Throws<ArgumentException>(() => description.Build<float>()).Message);
    }
}
