using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;

namespace EE569.Engine.Tests;

/// <summary>Order, checks and drawings of graphs.</summary>
[TestClass]
public class GraphTests
{
    [TestMethod]
    public void Every_node_follows_its_inputs_and_appears_once()
    {
        var x = new Parameter<double>("x", 2, 3);
        var shared = new Tanh<double>(x);
        var graph = new Graph<double>(new Add<double>(new Sigmoid<double>(shared), shared));
        CollectionAssert.AreEqual(new[] { "x", "Tanh", "Sigmoid", "Add" }, graph.Nodes.Select(node => node.Name).ToArray());
    }

    [TestMethod]
    public void Text_lists_the_nodes_with_their_sources() => Assert.AreEqual(
        """
          0  Input 2
          1  W1 10 x 2
          2  b1 1 x 10
          3  Linear 2 to 10 <- 0, 1, 2
          4  Tanh 10 <- 3
          5  W2 2 x 10
          6  b2 1 x 2
          7  Linear 10 to 2 <- 4, 5, 6
          8  SoftmaxCrossEntropy 1 <- 7

        """.ReplaceLineEndings("\n"),
        TestData.CircleNetwork<float>().Graph.ToText());

    [TestMethod]
    public void Dot_and_mermaid_draw_every_node_and_edge()
    {
        Graph<float> graph = TestData.CircleNetwork<float>().Graph;
        int edges = graph.Nodes.Sum(node => node.Inputs.Length);
        string dot = graph.ToDot();
        string mermaid = graph.ToMermaid();
        Assert.StartsWith("digraph {", dot);
        Assert.StartsWith("flowchart LR", mermaid);
        Assert.AreEqual(edges, dot.Split(" -> ").Length - 1);
        Assert.AreEqual(edges, mermaid.Split(" --> ").Length - 1);
        Assert.Contains("n3 [label=\"Linear 2 to 10\", shape=box];", dot);
        Assert.Contains("n1([\"W1 10 x 2\"])", mermaid);
    }

    [TestMethod]
    public void Shapes_that_do_not_fit_are_refused_when_the_graph_is_built()
    {
        var x = new Input<float>(3);
        Assert.ThrowsExactly<ArgumentException>(() => new Linear<float>(x, new("W", 4, 2), new("b", 1, 4)));
        Assert.ThrowsExactly<ArgumentException>(() => new Linear<float>(x, new("W", 4, 3), new("b", 1, 3)));
        Assert.ThrowsExactly<ArgumentException>(() => new Multiply<float>(x, new("W", 4, 2)));
        Assert.ThrowsExactly<ArgumentException>(() => new Add<float>(x, new Parameter<float>("b", 1, 2)));
        Assert.ThrowsExactly<ArgumentException>(() => x.Set(new Matrix<float>(1, 2)));
        Assert.ThrowsExactly<ArgumentException>(() => new Graph<float>(new Tanh<float>(new Parameter<float>("x", 2, 3))).Backward(new Matrix<float>(2, 2)));
    }

    [TestMethod]
    public void A_loss_without_targets_says_so()
    {
        Network<float> network = TestData.CircleNetwork<float>();
        network.Input.Set(new Matrix<float>(2, 2));
        Assert.Contains("Targets", Assert.ThrowsExactly<InvalidOperationException>(network.Graph.Forward).Message);
        network.Loss.Targets = new([0, 1, 0]);
        Assert.Contains("3 targets", Assert.ThrowsExactly<InvalidOperationException>(network.Graph.Forward).Message);
    }
}
