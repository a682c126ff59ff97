using EE569.Engine.Data;
using EE569.Engine.Graphs;
using EE569.Engine.Kernels.Elements;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;
using EE569.Engine.Networks;
using EE569.Engine.Training;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>Sums over many equal terms, which a sum in single precision gets wrong from the third digit on.</summary>
[TestClass]
public class SumAccuracyTests
{
    private const int Terms = 10_000_000;

    [TestMethod]
    public void The_loss_of_ten_million_equal_rows_is_the_loss_of_one()
    {
        foreach ((Func<Node<float>, Loss<float>> create, Targets<float> one, Targets<float> many) in new (Func<Node<float>, Loss<float>>, Targets<float>, Targets<float>)[]
        {
            (x => new BinaryCrossEntropy<float>(x), new([1]), new(new int[Terms].Select(_ => 1).ToArray())),
            (x => new MeanSquaredError<float>(x), new(new Matrix<float>(1, 1)), new(new Matrix<float>(Terms, 1))),
        })
        {
            float expected = Loss(create, one, 1), actual = Loss(create, many, Terms);
            Assert.AreEqual(expected, actual, 2e-7f * expected, create.Method.Name);
        }

        static float Loss(Func<Node<float>, Loss<float>> create, Targets<float> targets, int rows)
        {
            var scores = new Parameter<float>("scores", rows, 1);
            scores.Value.Values.Fill(0.3f);
            Loss<float> loss = create(scores);
            loss.Targets = targets;
            new Graph<float>(loss).Forward();
            return loss.Value[0, 0];
        }
    }

    [TestMethod]
    public void Ten_million_squares_and_magnitudes_keep_their_digits()
    {
        float[] values = new float[Terms + 3];
        values.AsSpan().Fill(-0.1f);
        double exact = 0.1f;
        Assert.AreEqual(values.Length * exact * exact, WideSum.OfSquares<float>(values), 1e-9 * values.Length * exact * exact);
        Assert.AreEqual(values.Length * exact, WideSum.OfMagnitudes<float>(values), 1e-9 * values.Length * exact);
        Assert.AreEqual(14, WideSum.OfSquares<double>([1, -2, 3]));
        Assert.AreEqual(6, WideSum.OfMagnitudes<double>([1, -2, 3]));
        Assert.AreEqual(3e60, WideSum.OfSquares<float>([1e30f, 1e30f, -1e30f]), 1e54);
        Assert.AreEqual(2e-60, WideSum.OfSquares<float>([1e-30f, 1e-30f]), 1e-66);
    }

    [TestMethod]
    public void The_penalty_is_summed_in_double()
    {
        var weights = new Parameter<float>("W", 1, Terms);
        weights.Value.Values.Fill(0.1f);
        var graph = new Graph<float>(new L2Penalty<float>(new Parameter<float>("L", 1, 1), 1e-3, weights));
        graph.Forward();
        Assert.AreEqual(1e-3 * Terms * 0.01, graph.Output.Value[0, 0], 1e-2 * 1e-3);
    }

    [TestMethod]
    public void The_gradient_norm_is_that_of_squares_beyond_the_range_of_a_float()
    {
        var data = new DenseData<float>(Matrix<float>.FromRows([1e22f]), Matrix<float>.FromRows([1]));
        var network = new FeedForward { Inputs = 1, Outputs = 1, Loss = LossFunction.MeanSquaredError }.Build<float>();
        network.Parameters[0].Value.Values.Clear();
        TrainingResult<float> result = new MiniBatchTrainer<float>(new() { LearningRate = 1e-30, NumberOfEpochs = 1, BatchSize = 1 }).Fit(network, data);
        Assert.AreEqual(2e22, result.History[0].GradientNorm, 1e16);
    }
}
