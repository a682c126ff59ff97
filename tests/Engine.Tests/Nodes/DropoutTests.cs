using EE569.Engine.Graphs;
using EE569.Engine.Layers;

namespace EE569.Engine.Tests.Nodes;

/// <summary>Dropout drops in training only, keeps the mean, and lets the gradient through where it let the value through.</summary>
[TestClass]
public class DropoutTests
{
    private static Parameter<double> Ones(int rows)
    {
        var x = new Parameter<double>("x", rows, 10);
        x.Value.Values.Fill(1);
        return x;
    }

    [TestMethod]
    public void The_mean_stays_and_the_share_dropped_is_the_rate()
    {
        var graph = new Graph<double>(new Dropout<double>(Ones(10_000), 0.3, seed: 1)) { IsTraining = true };
        graph.Forward();
        double[] values = graph.Output.Value.Values.ToArray();
        Assert.AreEqual(1, values.Average(), 5 * Math.Sqrt(0.3 / 0.7 / values.Length));
        Assert.AreEqual(0.3, values.Count(value => value == 0) / (double)values.Length, 5 * Math.Sqrt(0.21 / values.Length));
        Assert.IsTrue(values.All(value => value is 0 or 1 / 0.7));
    }

    [TestMethod]
    public void The_gradient_passes_where_the_value_did()
    {
        Parameter<double> x = Ones(20);
        var graph = new Graph<double>(new Dropout<double>(x, 0.5, seed: 1)) { IsTraining = true };
        graph.Forward();
        graph.Backward();
        CollectionAssert.AreEqual(graph.Output.Value.Values.ToArray(), x.Gradient.Values.ToArray());
    }

    [TestMethod]
    [DataRow(0.0, true)]
    [DataRow(0.9, false)]
    public void Rate_0_and_prediction_pass_everything_on(double rate, bool isTraining)
    {
        Parameter<double> x = Ones(20);
        var graph = new Graph<double>(new Dropout<double>(x, rate, seed: 1)) { IsTraining = isTraining };
        graph.Forward();
        graph.Backward();
        Assert.IsTrue(graph.Output.Value.Values.ToArray().All(value => value == 1));
        Assert.IsTrue(x.Gradient.Values.ToArray().All(value => value == 1));
    }

    [TestMethod]
    public void Masks_differ_from_step_to_step_and_repeat_with_the_step()
    {
        var dropout = new Dropout<double>(Ones(20), 0.5, seed: 1);
        var graph = new Graph<double>(dropout) { IsTraining = true };
        double[] first = Draw();
        double[] second = Draw();
        dropout.Step = 0;
        CollectionAssert.AreNotEqual(first, second);
        CollectionAssert.AreEqual(first, Draw());

        double[] Draw()
        {
            graph.Forward();
            return graph.Output.Value.Values.ToArray();
        }
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(1.0)]
    [DataRow(double.NaN)]
    public void A_rate_outside_its_range_is_refused(double rate) =>
        Assert.Contains("Dropout", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Dropout<double>(Ones(1), rate, seed: 1)).Message);
}
