using EE569.Engine.Activations;
using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Layers;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Random;

namespace EE569.Engine.Tests;

/// <summary>The hand-derived gradients agree with central differences, for every node and for networks as users build them.</summary>
[TestClass]
public class GradientCheckTests
{
    [TestMethod]
    public void Every_node()
    {
        foreach ((string name, Func<Node<double>, Node<double>> create) in new (string, Func<Node<double>, Node<double>>)[]
        {
            ("Sigmoid", x => new Sigmoid<double>(x)),
            ("Tanh", x => new Tanh<double>(x)),
            ("ReLU", x => new ReLU<double>(x)),
            ("LeakyReLU", x => new LeakyReLU<double>(x, 0.2)),
            ("SELU", x => new SELU<double>(x)),
            ("GELU", x => new GELU<double>(x)),
            ("TanhGELU", x => new TanhGELU<double>(x)),
            ("Dropout", x => new Dropout<double>(x, 0.5, seed: 1)),
            ("Add to itself", x => new Add<double>(x, x)),
            ("Two consumers", x => new Add<double>(new Tanh<double>(x), new Sigmoid<double>(x))),
            ("Multiply, Add", x => new Add<double>(new Multiply<double>(x, Parameter("W", 3, 4)), Parameter("b", 1, 3))),
            ("Linear", x => new Linear<double>(x, Parameter("W", 3, 4), Parameter("b", 1, 3))),
            ("One weight twice", x => SharedWeight(x, Parameter("W", 4, 4))),
        })
        {
            Check(name, new Graph<double>(create(Parameter("x", 5, 4))));
        }

        static Node<double> SharedWeight(Node<double> x, Parameter<double> weights) =>
            new Multiply<double>(new Tanh<double>(new Multiply<double>(x, weights)), weights);
    }

    [TestMethod]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 0.0)]
    [DataRow(LossFunction.SoftmaxCrossEntropy, 0.2)]
    [DataRow(LossFunction.BinaryCrossEntropy, 0.1)]
    [DataRow(LossFunction.MeanSquaredError, 0.0)]
    public void Networks_with_every_activation(LossFunction loss, double labelSmoothing)
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            Network<double> network = new FeedForward
            {
                Inputs = 6,
                HiddenLayers = [7, 5],
                Outputs = 3,
                Activation = activation,
                Loss = loss,
                LabelSmoothing = labelSmoothing,
                Dropout = 0.5,
            }.Build<double>();
            var random = new SplitMix64(2);
            network.Input.Set(TestData.Normal<double>(ref random, 9, 6));
            network.Loss.Targets = new Targets<double>(Shares(ref random, 9, 3), [1, 2, 0, 1, 1, 3, 1, 0.5, 1]);
            Check($"{activation} {loss}", network.Graph);
        }
    }

    [TestMethod]
    public void A_sparse_first_layer()
    {
        DenseData<double> data = TestData.Clusters<double>(9, 6, 3);
        Network<double> network = new FeedForward { Inputs = 6, HiddenLayers = [5], Outputs = 3, Activation = Activation.Tanh }.Build<double>();
        network.Input.Set(CsrMatrix<double>.FromDense(data.Rows));
        network.Loss.Targets = data.Targets;
        Check("sparse", network.Graph);
    }

    [TestMethod]
    public void A_wrong_gradient_is_found()
    {
        var graph = new Graph<double>(new WrongSquare(Parameter("x", 2, 3)));
        Assert.IsGreaterThan(0.1, graph.GradientCheck()[0].RelativeError);
    }

    private static void Check(string name, Graph<double> graph)
    {
        foreach (GradientError error in graph.GradientCheck())
        {
            Assert.IsLessThan(1e-6, error.RelativeError, $"{name}: {error.Parameter}");
        }
    }

    private static Parameter<double> Parameter(string name, int rows, int columns)
    {
        var random = SplitMix64.Derive(7, (ulong)name[0]);
        return new(name, TestData.Normal<double>(ref random, rows, columns));
    }

    private static Matrix<double> Shares(ref SplitMix64 random, int rows, int columns)
    {
        var shares = new Matrix<double>(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            double[] drawn = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
            drawn.Select(share => share / drawn.Sum()).ToArray().CopyTo(shares.Row(row));
        }

        return shares;
    }

    /// <summary>x^2 with the gradient x instead of 2 x.</summary>
    private sealed class WrongSquare(Node<double> x) : ElementWise<double>(x)
    {
        protected override void Apply(ReadOnlySpan<double> x, Span<double> y)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = x[i] * x[i];
            }
        }

        protected override void ApplyGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> dy, Span<double> dx)
        {
            for (int i = 0; i < dx.Length; i++)
            {
                dx[i] = dy[i] * x[i];
            }
        }
    }
}
