using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Networks;

/// <summary>TabM: its start, its options, that it learns with members that have batch orders of their own, and the same bits on any number of threads.</summary>
[TestClass]
public class TabMTests
{
    private static readonly TabM Description = new() { Inputs = 3, Outputs = 2, HiddenLayers = [8, 8], NumberOfMembers = 4, Edges = [[0, 1, 2], [], [0, 5]], EmbeddingSize = 3 };

    [TestMethod]
    public void Factors_start_with_one_number_for_each_feature_and_biases_with_equal_copies()
    {
        var parameters = (Description with { IdCounts = [4], IdEmbeddingSize = 2, IsFull = true }).Build<double>().Parameters.ToDictionary(p => p.Name, p => p.Value);
        for (int member = 0; member < 4; member++)
        {
            double[] r = parameters["r0"].Row(member).ToArray();
            foreach ((int first, int width) in new[] { (0, 3), (3, 1), (4, 3), (7, 2) })
            {
                Assert.AreEqual(1, r.Skip(first).Take(width).Distinct().Count());
            }

            Assert.AreEqual(4, r.Distinct().Count());
            Assert.IsTrue(parameters["b2"].Row(member).SequenceEqual(parameters["b2"].Row(0)));
            Assert.AreEqual(8, parameters["b2"].Row(member).ToArray().Distinct().Count());
        }

        Assert.IsTrue(parameters["r1"].Values.ToArray().Concat(parameters["s2"].Values.ToArray()).All(factor => factor == 1));
        Assert.IsTrue(parameters["pieces"].Values.ToArray().All(piece => piece == 0));
        Assert.IsTrue((Description with { Edges = null }).Build<double>().Parameters[0].Value.Values.ToArray().All(sign => Math.Abs(sign) == 1));
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy, false)]
    [DataRow(LossFunction.BinaryCrossEntropy, true)]
    [DataRow(LossFunction.MeanSquaredError, false)]
    public void It_learns_to_the_same_bits_on_any_number_of_threads(LossFunction loss, bool isFull)
    {
        DenseData<float> data = loss == LossFunction.MeanSquaredError ? TestData.Line<float>() : TestData.Circles<float>();
        TabM description = new()
        {
            Inputs = 2,
            Outputs = loss == LossFunction.SoftmaxCrossEntropy ? 2 : 1,
            Loss = loss,
            IsFull = isFull,
            NumberOfMembers = 4,
            HiddenLayers = [64, 64],
            Edges = QuantileBins.Find(data.Rows, bins: 12),
        };
        float[][] parameters = [.. new[] { 1, 2, 4 }.Select(threads =>
        {
            Network<float> network = description.Build<float>();
            new MiniBatchTrainer<float>(Recipes.For<float>(description, 200) with { NumberOfEpochs = 25, NumberOfThreads = threads }).Fit(network, data, data);
            Assert.IsGreaterThan(0.97, MiniBatchTrainer<float>.Evaluate(network, data).Metric);
            return network.CopyParameters();
        })];
        CollectionAssert.AreEqual(parameters[0], parameters[1]);
        CollectionAssert.AreEqual(parameters[0], parameters[2]);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_batch_with_rows_for_each_member_gives_each_its_own_scores(bool isFull)
    {
        DenseData<double> data = TestData.Clusters<double>(20, 3, 2);
        Network<double> network = (Description with { IsFull = isFull }).Build<double>();
        network.Input.Set(data.Rows);
        network.Loss.Targets = data.Targets;
        network.Graph.Forward();
        Matrix<double> all = network.Output.Value.Clone();

        var part = new DensePart<double>(data.Rows);
        part.Show(0, 20);
        new Batch<double>([part], data.Targets, hasRowsOfMembers: true).Present(network);
        network.Graph.Forward();
        Assert.AreEqual(20, network.Output.Rows);
        for (int row = 0; row < 20; row++)
        {
            Golden.AreClose(all.Row(20 * (row / 5) + row), network.Output.Value.Row(row), relative: 1e-12);
        }

        foreach (GradientError error in network.Graph.GradientCheck())
        {
            Assert.IsLessThan(1e-8, error.NormError, error.Parameter);
        }
    }

    [TestMethod]
    public void Options_out_of_range_are_named()
    {
        Refuse("NumberOfMembers", Description with { NumberOfMembers = 0 });
        Refuse("HiddenLayers", Description with { HiddenLayers = [-1] });
        Refuse("Dropout", Description with { Dropout = -0.1 });
        Refuse("Edges", Description with { Edges = [[]] });
        Refuse("EmbeddingSize", Description with { EmbeddingSize = 0 });
        Refuse("IdEmbeddingSize", Description with { IdEmbeddingSize = 0 });

        static void Refuse(string option, TabM description) => Assert.Contains(option, Assert.Throws<ArgumentException>(() => description.Build<float>()).Message);
    }
}
