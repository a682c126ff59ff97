using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Random;

namespace EE569.Engine.Tests.Nodes;

/// <summary>A node whose input is read by another node too adds to the gradient that the other has written.</summary>
[TestClass]
public class SecondConsumerTests
{
    private static Parameter<double> Drawn(string name, int rows, int columns)
    {
        var random = new SplitMix64((ulong)(rows * columns) + name[0]);
        var parameter = new Parameter<double>(name, rows, columns);
        foreach (ref double value in parameter.Value.Values)
        {
            value = random.NextDouble() - 0.5;
        }

        return parameter;
    }

    [TestMethod]
    [DataRow("concatenate")]
    [DataRow("dropout")]
    [DataRow("parametric")]
    [DataRow("scale")]
    [DataRow("scale of members")]
    [DataRow("member linear")]
    [DataRow("piecewise")]
    [DataRow("relu")]
    public void Its_share_is_added(string name)
    {
        Parameter<double> p = Drawn("p", 6, 3);
        Node<double> x = new Tanh<double>(p), f = new Tanh<double>(x), members = new Scale<double>(x, Drawn("r", 2, 3));
        Node<double> node = name switch
        {
            "concatenate" => new Concatenate<double>(x, x),
            "dropout" => new Add<double>(new Dropout<double>(x, 0.5, seed: 1), x),
            "parametric" => new Add<double>(new Add<double>(new ParametricActivation<double>(x, f, Drawn("a", 1, 3)), x), f),
            "scale" => new Add<double>(new Scale<double>(x, Drawn("r", 1, 3)), x),
            "scale of members" => new Add<double>(new Scale<double>(members, Drawn("s", 2, 3)), members),
            "member linear" => new Add<double>(new MemberLinear<double>(members, Drawn("w", 6, 3), Drawn("b", 2, 3)), members),
            "piecewise" => new Add<double>(new PiecewiseLinearEmbedding<double>(x, [[-1, 0.01, 1], [-1, 0.02, 0.3, 1], [-1, 1]], Drawn("w", 3, 1), Drawn("b", 3, 1), Drawn("v", 6, 1)), x),
            _ => new Add<double>(new ReLU<double>(x), x),
        };
        foreach (GradientError error in new Graph<double>(new Tanh<double>(node)).GradientCheck())
        {
            Assert.IsLessThan(1e-7, error.NormError, $"{name}: {error.Parameter}");
        }
    }

    [TestMethod]
    public void A_mask_is_added()
    {
        Parameter<double> x = Drawn("x", 20, 3);
        var dropout = new Dropout<double>(x, 0.5, seed: 1);
        var graph = new Graph<double>(new Add<double>(dropout, x)) { IsTraining = true };
        graph.Forward();
        graph.Backward();
        for (int i = 0; i < x.Value.Values.Length; i++)
        {
            Assert.AreEqual(1 + (dropout.Value.Values[i] / x.Value.Values[i]), x.Gradient.Values[i], 1e-12);
        }
    }
}
