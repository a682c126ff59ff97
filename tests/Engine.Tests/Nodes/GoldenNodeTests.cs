using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;

namespace EE569.Engine.Tests.Nodes;

/// <summary>Values and gradients of every node agree with PyTorch in double.</summary>
[TestClass]
public class GoldenNodeTests
{
    private static readonly JsonElement Cases = Golden.Load("nodes.json");

    [TestMethod]
    public void The_linear_node_of_the_source_gives_its_exact_figures()
    {
        JsonElement figures = Cases.GetProperty("linear_fixed");
        var x = new Parameter<double>("x", figures.GetProperty("x").Matrix<double>());
        var weights = new Parameter<double>("A", figures.GetProperty("A").Matrix<double>());
        var bias = new Parameter<double>("b", figures.GetProperty("b").Matrix<double>());
        var graph = new Graph<double>(new Linear<double>(x, weights, bias));

        graph.Forward();
        graph.Backward(figures.GetProperty("upstream").Matrix<double>());

        Golden.AreClose(figures.GetProperty("y").Numbers(), graph.Output.Value.Values);
        Golden.AreClose(figures.GetProperty("dA").Numbers(), weights.Gradient.Values);
        Golden.AreClose(figures.GetProperty("db").Numbers(), bias.Gradient.Values);
        Golden.AreClose(figures.GetProperty("dx").Numbers(), x.Gradient.Values);
    }

    [TestMethod]
    public void Linear_agrees()
    {
        JsonElement inputs = Cases.GetProperty("linear").GetProperty("inputs");
        Parameter<double>[] leaves = [.. new[] { "x", "W", "b" }.Select(name => new Parameter<double>(name, inputs.GetProperty(name).Matrix<double>()))];
        Check("linear", new Linear<double>(leaves[0], leaves[1], leaves[2]), leaves);
    }

    [TestMethod]
    [DataRow("sigmoid")]
    [DataRow("tanh")]
    [DataRow("relu")]
    [DataRow("leaky_relu_0_01")]
    [DataRow("selu")]
    [DataRow("gelu_erf")]
    [DataRow("gelu_tanh")]
    [DataRow("softplus")]
    public void Activations_agree_on_ordinary_and_extreme_arguments(string name)
    {
        foreach (string part in new[] { "ordinary", "extreme" })
        {
            JsonElement inputs = Cases.GetProperty($"{name}_{part}").GetProperty("inputs");
            var x = new Parameter<double>("x", inputs.GetProperty("x").Matrix<double>());
            Node<double> node = name switch
            {
                "sigmoid" => new Sigmoid<double>(x),
                "tanh" => new Tanh<double>(x),
                "relu" => new ReLU<double>(x),
                "leaky_relu_0_01" => new LeakyReLU<double>(x),
                "selu" => new SELU<double>(x),
                "gelu_erf" => new GELU<double>(x),
                "gelu_tanh" => new TanhGELU<double>(x),
                _ => new Softplus<double>(x),
            };
            Check($"{name}_{part}", node, x);
        }
    }

    [TestMethod]
    [DataRow("bce_logits")]
    [DataRow("bce_logits_extreme")]
    [DataRow("bce_logits_weights_weighted_mean")]
    [DataRow("bce_logits_weights_sum_over_batch")]
    public void Binary_cross_entropy_agrees(string name)
    {
        JsonElement figures = Cases.GetProperty(name);
        double[]? weights = figures.TryGetProperty("weights", out JsonElement list) ? list.Numbers() : null;
        var logits = new Parameter<double>("logits", figures.GetProperty("inputs").GetProperty("logits").Matrix<double>(listIsColumn: true));
        Check(name, new BinaryCrossEntropy<double>(logits)
        {
            Targets = new Targets<double>(figures.GetProperty("targets").Integers(), weights),
            Normalization = Normalization(name),
        }, logits);
    }

    [TestMethod]
    [DataRow("softmax_ce")]
    [DataRow("softmax_ce_extreme")]
    [DataRow("softmax_ce_label_smoothing_0_1")]
    [DataRow("softmax_ce_soft_labels")]
    [DataRow("softmax_ce_class_weights_weighted_mean")]
    [DataRow("softmax_ce_class_weights_sum_over_batch")]
    [DataRow("softmax_ce_example_weights_weighted_mean")]
    [DataRow("softmax_ce_example_weights_sum_over_batch")]
    public void Softmax_cross_entropy_agrees(string name)
    {
        JsonElement figures = Cases.GetProperty(name);
        double[]? weights = figures.TryGetProperty("weights", out JsonElement list) ? list.Numbers() : null;
        var logits = new Parameter<double>("logits", figures.GetProperty("inputs").GetProperty("logits").Matrix<double>());
        Check(name, new SoftmaxCrossEntropy<double>(logits, labelSmoothing: name.Contains("smoothing") ? 0.1 : 0)
        {
            Targets = figures.TryGetProperty("soft_targets", out JsonElement soft)
                ? new Targets<double>(soft.Matrix<double>(), weights)
                : new Targets<double>(figures.GetProperty("targets").Integers(), weights),
            ClassWeights = figures.TryGetProperty("class_weights", out JsonElement ofClasses) ? ofClasses.Numbers() : null,
            Normalization = Normalization(name),
        }, logits);
    }

    [TestMethod]
    public void Mean_squared_error_agrees()
    {
        JsonElement figures = Cases.GetProperty("mse");
        var prediction = new Parameter<double>("prediction", figures.GetProperty("inputs").GetProperty("prediction").Matrix<double>());
        Check("mse", new MeanSquaredError<double>(prediction) { Targets = new Targets<double>(figures.GetProperty("targets").Matrix<double>()) }, prediction);
    }

    private static LossNormalization Normalization(string name) =>
        name.EndsWith("sum_over_batch", StringComparison.Ordinal) ? LossNormalization.BatchSize : LossNormalization.WeightedMean;

    private static void Check(string name, Node<double> output, params Parameter<double>[] leaves)
    {
        JsonElement figures = Cases.GetProperty(name);
        var graph = new Graph<double>(output);
        graph.Forward();
        graph.Backward(new Matrix<double>(output.Rows, output.Width, figures.GetProperty("upstream").Numbers()));
        Golden.AreClose(figures.GetProperty("value").Numbers(), output.Value.Values, what: $"{name} value");
        for (int i = 0; i < leaves.Length; i++)
        {
            Golden.AreClose(figures.GetProperty("gradients")[i].Numbers(), leaves[i].Gradient.Values, what: $"{name} gradient of {leaves[i].Name}");
        }
    }
}
