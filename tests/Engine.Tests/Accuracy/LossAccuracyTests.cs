using System.Numerics;
using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Losses;
using EE569.Engine.Matrices;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>The loss of every example and its gradient by the scores, over the whole range: within 4 units in the last place in single precision.</summary>
[TestClass]
public class LossAccuracyTests
{
    [TestMethod]
    [DataRow(0f, 0.0)]
    [DataRow(1f, 0.0)]
    [DataRow(0f, 0.1)]
    [DataRow(1f, 0.1)]
    [DataRow(0.3f, 0.0)]
    [DataRow(0.9999f, 1e-6)]
    public void Binary_cross_entropy(float target, double smoothing)
    {
        double positive = (1 - smoothing) * target + smoothing / 2;
        double negative = (1 - smoothing) * (1 - (double)target) + smoothing / 2;
        var z = new Parameter<float>("z", 1, 1);
        var graph = new Graph<float>(new BinaryCrossEntropy<float>(z, smoothing) { Targets = new Targets<float>(Matrix<float>.FromRows([target])) });
        foreach (float score in Sweep.Floats())
        {
            (float loss, float[] gradient) = Run(graph, z, [score]);
            double e = Math.Exp(-Math.Abs((double)score));
            Ulp.Check(LogP1(e) + Math.Abs((double)score) * (score > 0 ? negative : positive), loss, 4, () => $"loss({score:R})");

            // Where p (1 - t) and (1 - p) t cancel, their errors remain.
            (double p, double q) = score > 0 ? (1 / (1 + e), e / (1 + e)) : (e / (1 + e), 1 / (1 + e));
            Ulp.Check(p * negative - q * positive, gradient[0], 4, () => $"gradient({score:R})", Math.Min(p * negative, q * positive));
        }
    }

    [TestMethod]
    [DataRow(2, 0.0)]
    [DataRow(3, 0.0)]
    [DataRow(3, 0.1)]
    [DataRow(40, 0.0)]
    public void Softmax_cross_entropy(int classes, double smoothing)
    {
        var z = new Parameter<float>("z", 1, classes);
        var loss = new SoftmaxCrossEntropy<float>(z, smoothing);
        var graph = new Graph<float>(loss);
        Targets<float>[] targets = [.. Enumerable.Range(0, classes).Select(label => new Targets<float>([label]))];
        float[] arguments = Sweep.Floats();
        var probabilities = new Matrix<float>(1, classes);
        for (int i = 0; i + classes <= arguments.Length; i += 4 * classes)
        {
            // Scores of the whole range; then of the usual one, where the first class leads by more and more.
            float[] scores = arguments[i..(i + classes)];
            Check([.. scores]);
            Check([.. scores.Select((score, c) => (c == 0 ? 120f * i / arguments.Length : 0) + MathF.IEEERemainder(score, 3))]);
        }

        void Check(float[] scores)
        {
            double largest = scores.Max();
            double[] e = [.. scores.Select(score => Math.Exp(score - largest))];
            double Others(int left) => e.Where((_, c) => c != left).Sum();
            int first = Array.IndexOf(scores, scores.Max());
            double total = 1 + Others(first), logTotal = LogP1(Others(first));

            // Exponentials below 1e-38 are rounded to subnormal numbers, one by one.
            double Bound(double exact) => Math.Abs(exact) < 1e-36 ? 4 + classes / 2.0 : 4;
            foreach (int label in new[] { first, 0, classes - 1 })
            {
                loss.Targets = targets[label];
                (float value, float[] gradient) = Run(graph, z, scores);
                double distance = (1 - smoothing) * (largest - scores[label]) + smoothing * scores.Average(score => largest - score);
                Ulp.Check(logTotal + distance, value, Bound(logTotal + distance), () => $"loss({string.Join(' ', scores)}), label {label}");
                for (int c = 0; c < classes; c++)
                {
                    double t = (c == label ? 1 - smoothing : 0) + smoothing / classes;
                    double unwanted = (c == label ? 0 : 1 - smoothing) + smoothing * (classes - 1) / classes;
                    double up = e[c] / total * unwanted, down = Others(c) / total * t;
                    Ulp.Check(up - down, gradient[c], Bound(up - down), () => $"gradient({string.Join(' ', scores)})[{c}], label {label}", Math.Min(up, down));
                }
            }

            loss.Predict(z.Value, probabilities);
            for (int c = 0; c < classes; c++)
            {
                Ulp.Check(e[c] / total, probabilities[0, c], 4, () => $"probability({string.Join(' ', scores)})[{c}]");
            }
        }
    }

    [TestMethod]
    public void Mean_squared_error()
    {
        var y = new Parameter<float>("y", 1, 1);
        var target = new Matrix<float>(1, 1);
        var graph = new Graph<float>(new MeanSquaredError<float>(y) { Targets = new Targets<float>(target) });
        float[] arguments = Sweep.Floats();
        for (int i = 0; i < arguments.Length; i++)
        {
            target[0, 0] = i % 2 == 0 ? arguments[(i + 1) % arguments.Length] : arguments[i] * (1 + i * 1e-6f);
            if (!float.IsFinite(target[0, 0]))
            {
                continue;
            }

            (float loss, float[] gradient) = Run(graph, y, [arguments[i]]);
            double error = (double)arguments[i] - target[0, 0];
            Ulp.Check(error * error, loss, 4, () => $"loss({arguments[i]:R}, {target[0, 0]:R})");
            Ulp.Check(2 * error, gradient[0], 4, () => $"gradient({arguments[i]:R}, {target[0, 0]:R})");
        }
    }

    [TestMethod]
    public void Cross_entropies_in_double_precision()
    {
        BigInteger one = FixedPoint.One;
        var z = new Parameter<double>("z", 1, 1);
        var binary = new Graph<double>(new BinaryCrossEntropy<double>(z) { Targets = new Targets<double>([1]) });
        var pair = new Parameter<double>("pair", 1, 2);
        var softmax = new Graph<double>(new SoftmaxCrossEntropy<double>(pair) { Targets = new Targets<double>([0]) });
        foreach (double score in Sweep.Doubles())
        {
            BigInteger exact = FixedPoint.From(score);
            BigInteger e = FixedPoint.Exp(-BigInteger.Abs(exact));
            BigInteger loss = FixedPoint.LogP1(e) + BigInteger.Max(-exact, 0);
            BigInteger slope = -FixedPoint.Divide(exact.Sign > 0 ? e : one, one + e);

            (double value, double[] gradient) = Run(binary, z, [score]);
            Ulp.Check(loss, value, 4, () => $"binary loss({score:R})");
            Ulp.Check(slope, gradient[0], 4, () => $"binary gradient({score:R})");

            // The difference of the two scores is score, and rounded unless one of them is 0.
            (value, gradient) = Run(softmax, pair, [score, 0]);
            Ulp.Check(loss, value, 4, () => $"softmax loss({score:R})");
            Ulp.Check(slope, gradient[0], 4, () => $"softmax gradient({score:R})");
            Ulp.Check(-slope, gradient[1], 4, () => $"softmax gradient of the other({score:R})");
            double shift = 0.1 * score;
            BigInteger rounded = FixedPoint.From(score - shift) - FixedPoint.From(-shift);
            e = FixedPoint.Exp(-BigInteger.Abs(rounded));
            (value, gradient) = Run(softmax, pair, [score - shift, -shift]);
            Ulp.Check(FixedPoint.LogP1(e) + BigInteger.Max(-rounded, 0), value, 4, () => $"softmax loss({score - shift:R}, {-shift:R})");
            Ulp.Check(FixedPoint.Divide(rounded.Sign > 0 ? e : one, one + e), -gradient[0], 4, () => $"softmax gradient({score - shift:R}, {-shift:R})");
        }
    }

    /// <summary>The figures that log(1 + x) and exp(x) - 1 of .NET lost.</summary>
    [TestMethod]
    public void Small_losses_and_values_are_not_lost()
    {
        var z = new Parameter<float>("z", 1, 1);
        var graph = new Graph<float>(new BinaryCrossEntropy<float>(z) { Targets = new Targets<float>([1]) });
        Assert.AreEqual(4.13993763e-8, Run(graph, z, [17]).Loss, 4e-15);
        Assert.AreEqual(3.05902274e-7, Run(graph, z, [15]).Loss, 3e-14);
        var selu = new SELU<float>(z);
        z.Value[0, 0] = -2e-8f;
        new Graph<float>(selu).Forward();
        Assert.AreEqual(-3.51619865e-8, selu.Value[0, 0], 4e-15);
    }

    private static (T Loss, T[] Gradient) Run<T>(Graph<T> graph, Parameter<T> scores, ReadOnlySpan<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        values.CopyTo(scores.Value.Values);
        graph.Forward();
        graph.Backward();
        return (graph.Output.Value[0, 0], scores.Gradient.Values.ToArray());
    }

    private static double LogP1(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * (x / (1 + x - 1));
}
