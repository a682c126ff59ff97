using System.Text.Json;
using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Networks;

namespace EE569.Engine.Tests;

/// <summary>Logits, losses and gradients of whole networks agree with PyTorch, and with central differences.</summary>
[TestClass]
public class GoldenGradientTests
{
    [TestMethod]
    [DataRow("mlp_2_10_2_tanh")]
    [DataRow("mlp_4_8_8_3_relu")]
    [DataRow("mlp_5_7_3_sigmoid")]
    [DataRow("softmax_6_4_l2_0_1")]
    [DataRow("logistic_3_1")]
    public void Networks_agree(string name)
    {
        JsonElement figures = Golden.Load("network_gradients.json").GetProperty(name);
        Network<double> network = GoldenNetwork.Build<double>(
            figures.GetProperty("parameters"), GoldenNetwork.Activation(figures.GetProperty("activation")), figures.GetProperty("binary").GetBoolean());
        network.Input.Set(figures.GetProperty("X").Matrix<double>());
        network.Loss.Targets = new Targets<double>(figures.GetProperty("y").Integers());
        double l2 = figures.GetProperty("l2").GetDouble();
        var graph = new Graph<double>(new L2Penalty<double>(network.Loss, l2, [.. network.Parameters]));

        graph.Forward();
        graph.Backward();

        Golden.AreClose(figures.GetProperty("logits").Numbers(), network.Output.Value.Values, what: "logits");
        Golden.AreClose([figures.GetProperty("loss").GetDouble()], graph.Output.Value.Values, what: "loss");
        Golden.AreClose(GoldenNetwork.Flatten(figures.GetProperty("gradients")), GoldenNetwork.Gradients(network), what: "gradients");
        foreach (GradientError error in graph.GradientCheck())
        {
            Assert.IsLessThan(1e-6, error.RelativeError, error.Parameter);
        }
    }
}
