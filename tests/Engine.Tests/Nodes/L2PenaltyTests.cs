using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;

namespace EE569.Engine.Tests.Nodes;

/// <summary>J = L + lambda sum W^2, whatever other shares of the gradient the loss and the weights collect.</summary>
[TestClass]
public class L2PenaltyTests
{
    [TestMethod]
    public void Two_penalties_of_one_weight_add_up()
    {
        var loss = new Parameter<double>("L", Matrix<double>.FromRows([7]));
        var weights = new Parameter<double>("W", Matrix<double>.FromRows([1, -2, 4]));
        var graph = new Graph<double>(new L2Penalty<double>(new L2Penalty<double>(loss, 0.25, weights), 0.5, weights));

        graph.Forward();
        graph.Backward(Matrix<double>.FromRows([3]));

        Assert.AreEqual(7 + 0.75 * 21, graph.Output.Value[0, 0]);
        CollectionAssert.AreEqual(new double[] { 3 }, loss.Gradient.Values.ToArray());
        CollectionAssert.AreEqual(new[] { 3 * 1.5, -3 * 3.0, 3 * 6.0 }, weights.Gradient.Values.ToArray());
    }

    [TestMethod]
    [DataRow(-0.1)]
    [DataRow(double.NaN)]
    [DataRow(double.PositiveInfinity)]
    public void A_strength_that_is_negative_or_not_finite_is_refused(double lambda) =>
        Assert.AreEqual("lambda", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new L2Penalty<double>(new Parameter<double>("L", 1, 1), lambda)).ParamName);
}
