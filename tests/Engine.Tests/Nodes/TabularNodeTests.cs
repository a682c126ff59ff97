using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Matrices;
using EE569.Engine.Random;

namespace EE569.Engine.Tests.Nodes;

/// <summary>The nodes of RealMLP and TabM agree with PyTorch in double (Golden/tabular.py), with central differences, and refuse shapes that do not fit.</summary>
[TestClass]
public class TabularNodeTests
{
    private static readonly JsonElement Cases = Golden.Load("tabular.json").GetProperty("nodes");

    [TestMethod]
    [DataRow("mish_ordinary")]
    [DataRow("mish_extreme")]
    [DataRow("linear_scaled")]
    [DataRow("scale")]
    [DataRow("scale_copies")]
    [DataRow("scale_members")]
    [DataRow("member_linear")]
    [DataRow("periodic")]
    [DataRow("piecewise")]
    [DataRow("parametric")]
    public void Values_and_gradients_agree(string name)
    {
        JsonElement figures = Cases.GetProperty(name);
        Parameter<double>[] p = [.. figures.GetProperty("inputs").EnumerateObject().Select(input => new Parameter<double>(input.Name, input.Value.Matrix<double>()))];
        Node<double> node = name switch
        {
            "mish_ordinary" or "mish_extreme" => new Mish<double>(p[0]),
            "linear_scaled" => new Linear<double>(p[0], p[1], p[2], 1 / Math.Sqrt(p[0].Width)),
            "scale" => new Scale<double>(p[0], p[1]),
            "scale_copies" => new Scale<double>(p[0], p[1], p[2]),
            "scale_members" => new Scale<double>(new Scale<double>(p[0], p[1]), p[2]),
            "member_linear" => new MemberLinear<double>(new Scale<double>(p[0], p[1]), p[2], p[3]),
            "periodic" => new PeriodicEmbedding<double>(p[0], p[1], p[2], p[3], p[4]),
            "piecewise" => new PiecewiseLinearEmbedding<double>(p[0], Edges(figures), p[1], p[2], p[3]),
            _ => new ParametricActivation<double>(p[0], new SELU<double>(p[0]), p[1]),
        };

        var graph = new Graph<double>(node);
        graph.Forward();
        graph.Backward(figures.GetProperty("upstream").Matrix<double>());
        Golden.AreClose(figures.GetProperty("value").Numbers(), node.Value.Values, relative: 1e-12, absolute: 1e-14, what: name);
        for (int i = 0; i < p.Length; i++)
        {
            Golden.AreClose(figures.GetProperty("gradients")[i].Numbers(), p[i].Gradient.Values, relative: 1e-12, absolute: 1e-13, what: $"{name}: {p[i].Name}");
        }

        if (name != "mish_extreme") // Central differences of large numbers are coarse.
        {
            foreach (GradientError error in graph.GradientCheck())
            {
                Assert.IsLessThan(1e-8, error.NormError, $"{name}: {error.Parameter}");
            }
        }
    }

    [TestMethod]
    public void A_piecewise_linear_embedding_is_continuous_at_its_edges()
    {
        double[] edges = [-1, 0.5, 2];
        foreach (double edge in edges)
        {
            var x = new Parameter<double>("x", new Matrix<double>(3, 1, [Math.BitDecrement(edge), edge, Math.BitIncrement(edge)]));
            var node = new PiecewiseLinearEmbedding<double>(x, [edges], new("w", 1, 1), new("b", 1, 1), new("V", new Matrix<double>(2, 1, [3, -7])));
            new Graph<double>(node).Forward();
            double expected = edge == -1 ? 0 : edge == 0.5 ? 3 : -4;
            Golden.AreClose([expected, expected, expected], node.Value.Values, absolute: 1e-14);
        }
    }

    [TestMethod]
    public void Gradients_add_up_where_a_node_is_read_twice()
    {
        var random = new SplitMix64(6);
        Parameter<double> x = Draw("x", 4, 3), r = Draw("r", 2, 3), w = Draw("W", 3, 3), b = Draw("b", 1, 3);
        var hidden = new Linear<double>(x, w, b, 0.3);
        var first = new Scale<double>(new Add<double>(hidden, new Linear<double>(hidden, w, b, 0.7)), r);
        var sum = new Add<double>(new Scale<double>(first, r), new ParametricActivation<double>(first, new Mish<double>(first), b));
        var graph = new Graph<double>(new MemberLinear<double>(new Add<double>(sum, new Scale<double>(sum, r, r)), Draw("H", 4, 3), Draw("c", 2, 2)));
        foreach (GradientError error in graph.GradientCheck())
        {
            Assert.IsLessThan(1e-8, error.NormError, error.Parameter);
        }

        Parameter<double> Draw(string name, int rows, int columns) => new(name, TestData.Normal<double>(ref random, rows, columns));
    }

    [TestMethod]
    public void A_clip_limits_predictions_and_lets_training_pass()
    {
        var x = new Parameter<double>("x", Matrix<double>.FromRows([-2, 0.5, 3]));
        var graph = new Graph<double>(new Clip<double>(x, -1, 1));
        graph.Forward();
        graph.Backward();
        CollectionAssert.AreEqual(new[] { -1, 0.5, 1 }, graph.Output.Value.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 0, 1, 0 }, x.Gradient.Values.ToArray());
        graph.IsTraining = true;
        graph.Forward();
        graph.Backward();
        CollectionAssert.AreEqual(new[] { -2, 0.5, 3 }, graph.Output.Value.Values.ToArray());
        CollectionAssert.AreEqual(new double[] { 1, 1, 1 }, x.Gradient.Values.ToArray());
        Assert.ThrowsExactly<ArgumentException>(() => new Clip<double>(x, 1, 0));
    }

    [TestMethod]
    public void Columns_are_the_product_with_a_matrix_that_selects_them()
    {
        Parameter<double> x = new("x", new Matrix<double>(4, 3, [.. Enumerable.Range(0, 12).Select(i => Math.Sin(i))])), same = new("x", x.Value.Clone());
        Parameter<double> chosen = new("S", new Matrix<double>(4, 3, [0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 0]));
        (Graph<double> own, Graph<double> product) = (new(new Columns<double>(x, [2, 0, 2, 1])), new(new Multiply<double>(same, chosen)));
        var upstream = new Matrix<double>(4, 4, [.. Enumerable.Range(0, 16).Select(i => Math.Cos(i))]);
        foreach (Graph<double> graph in new[] { own, product })
        {
            graph.Forward();
            graph.Backward(upstream);
        }

        CollectionAssert.AreEqual(product.Output.Value.Values.ToArray(), own.Output.Value.Values.ToArray());
        Golden.AreClose([.. same.Gradient.Values], x.Gradient.Values, relative: 1e-15, absolute: 1e-15, what: "dx");
        StringAssert.Contains(Assert.ThrowsExactly<ArgumentException>(() => new Columns<double>(x, [0, 3, -1])).Message, "Columns 3, -1");
    }

    [TestMethod]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Parameter<double> x = new("x", 5, 4), three = new("r", 3, 4), two = new("r", 2, 4);
        Node<double> members = new Scale<double>(x, three);
        Refuse("of 2", () => new Scale<double>(members, two));
        Refuse("4 columns", () => new Scale<double>(x, new("r", 1, 3)));
        Refuse("biases 2 x 4", () => new Scale<double>(x, three, two));
        Refuse("1 members", () => new MemberLinear<double>(x, new("W", 6, 4), new("b", 3, 2)));
        Refuse("weights 5 x 4", () => new MemberLinear<double>(members, new("W", 5, 4), new("b", 3, 2)));
        Refuse("factors are 3 x 4", () => new ParametricActivation<double>(x, new Mish<double>(x), three));
        Refuse("phases 2 x 4", () => new PeriodicEmbedding<double>(x, new("w", 4, 4), two, new("W", 8, 4), new("b", 4, 2)));
        Refuse("weights 8 x 3", () => new PeriodicEmbedding<double>(x, new("w", 4, 4), new("p", 4, 4), new("W", 8, 3), new("b", 4, 2)));
        Refuse("Column 1", () => new PiecewiseLinearEmbedding<double>(x, [[], [1, 1], [], []], new("w", 1, 2), new("b", 1, 2), new("V", 1, 2)));
        Refuse("Column 3", () => new PiecewiseLinearEmbedding<double>(x, [[], [1, 2], [], [1]], new("w", 1, 2), new("b", 1, 2), new("V", 1, 2)));
        Refuse("with 1 pieces", () => new PiecewiseLinearEmbedding<double>(x, [[], [1, 2], [], []], new("w", 1, 2), new("b", 1, 2), new("V", 2, 2)));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Linear<double>(x, new("W", 2, 4), new("b", 1, 2), double.NaN));

        static void Refuse(string message, Func<object> create) => Assert.Contains(message, Assert.ThrowsExactly<ArgumentException>(create).Message);
    }

    internal static double[][] Edges(JsonElement figures) =>
        [.. figures.GetProperty("edges").EnumerateArray().Select(column => column.Numbers())];
}
