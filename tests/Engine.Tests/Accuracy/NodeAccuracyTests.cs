using System.Numerics;
using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Matrices;
using MathNet.Numerics;

namespace EE569.Engine.Tests.Accuracy;

/// <summary>Every activation and its derivative, over the whole range: within 4 units in the last place in single precision, and as stated in double.</summary>
[TestClass]
public class NodeAccuracyTests
{
    /// <summary>The constants of SELU, s and s a.</summary>
    private const double Scale = 1.0507009873554804934193349852946;
    private const double ScaledAlpha = 1.7580993408473768;

    private static readonly BigInteger One = FixedPoint.One;
    private static readonly BigInteger ScaleOfTanh = FixedPoint.From(1.5957691216057308);

    [TestMethod]
    public void Single_precision_stays_within_4_units_in_the_last_place()
    {
        CheckSingle(x => new Sigmoid<float>(x), Sigmoid, x => Sigmoid(x) * Sigmoid(-x));
        CheckSingle(x => new Tanh<float>(x), Math.Tanh, x => Math.Pow(Math.Cosh(x), -2));
        CheckSingle(x => new ReLU<float>(x), x => Math.Max(x, 0), x => x > 0 ? 1 : 0);
        CheckSingle(x => new LeakyReLU<float>(x), x => x > 0 ? x : 0.01 * x, x => x > 0 ? 1 : 0.01);
        CheckSingle(x => new SELU<float>(x), x => x > 0 ? Scale * x : ScaledAlpha * ExpM1(x), x => x > 0 ? Scale : ScaledAlpha * Math.Exp(x));
        CheckSingle(x => new GELU<float>(x), x => x * Normal(x), x => Normal(x) + x * Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI));
        CheckSingle(x => new TanhGELU<float>(x), x => x * Sigmoid(Inner(x)), SlopeOfTanhGELU);
        CheckSingle(x => new Mish<float>(x), x => x * TanhOfSoftplus(x), SlopeOfMish);
    }

    [TestMethod]
    public void Double_precision_stays_within_its_stated_bounds()
    {
        CheckDouble(x => new Sigmoid<double>(x), 4, Sigmoid, x => FixedPoint.Multiply(Sigmoid(x), Sigmoid(-x)));
        CheckDouble(x => new Tanh<double>(x), 4, Tanh, x => 4 * FixedPoint.Multiply(Sigmoid(2 * x), Sigmoid(-2 * x)));
        CheckDouble(x => new ReLU<double>(x), 0, x => BigInteger.Max(x, 0), x => x.Sign > 0 ? One : 0);
        CheckDouble(x => new LeakyReLU<double>(x, 0.2), 0.5, x => x.Sign > 0 ? x : Multiply(0.2, x), x => x.Sign > 0 ? One : Multiply(0.2, One));
        CheckDouble(
            x => new SELU<double>(x),
            4,
            x => x.Sign > 0 ? Multiply(Scale, x) : Multiply(ScaledAlpha, FixedPoint.Exp(x) - One),
            x => x.Sign > 0 ? Multiply(Scale, One) : Multiply(ScaledAlpha, FixedPoint.Exp(x)));

        // Where the two terms of a slope cancel, each keeps its own error.
        CheckDouble(
            x => new GELU<double>(x),
            8,
            x => FixedPoint.Multiply(x, Normal(x)),
            x => Normal(x) + FixedPoint.Multiply(x, FixedPoint.NormalDensity(x)),
            term: Normal);

        // The exponent is a rounded polynomial, whose relative error exp multiplies by its magnitude.
        CheckDouble(
            x => new TanhGELU<double>(x),
            8,
            x => FixedPoint.Multiply(x, Sigmoid(Inner(x))),
            SlopeOfTanhGELU,
            term: x => Sigmoid(Inner(x)),
            condition: x => x < 0 ? 1 + Math.Min(-Inner(x), 800) : 1);
        CheckDouble(x => new Mish<double>(x), 8, x => FixedPoint.Multiply(x, TanhOfSoftplus(x)), SlopeOfMish, term: TanhOfSoftplus);
    }

    [TestMethod]
    public void Infinities_give_the_limits_and_NaN_stays_NaN()
    {
        CheckLimits<float>(x => new Sigmoid<float>(x), 0, 1, 0, 0);
        CheckLimits<double>(x => new Sigmoid<double>(x), 0, 1, 0, 0);
        CheckLimits<float>(x => new Tanh<float>(x), -1, 1, 0, 0);
        CheckLimits<double>(x => new Tanh<double>(x), -1, 1, 0, 0);
        CheckLimits<float>(x => new ReLU<float>(x), 0, float.PositiveInfinity, 0, 1);
        CheckLimits<float>(x => new LeakyReLU<float>(x, 0.25), float.NegativeInfinity, float.PositiveInfinity, 0.25f, 1);
        CheckLimits<float>(x => new SELU<float>(x), (float)-ScaledAlpha, float.PositiveInfinity, 0, (float)Scale);
        CheckLimits<double>(x => new SELU<double>(x), -ScaledAlpha, double.PositiveInfinity, 0, Scale);
        CheckLimits<float>(x => new GELU<float>(x), 0, float.PositiveInfinity, 0, 1);
        CheckLimits<double>(x => new GELU<double>(x), 0, double.PositiveInfinity, 0, 1);
        CheckLimits<float>(x => new TanhGELU<float>(x), 0, float.PositiveInfinity, 0, 1);
        CheckLimits<double>(x => new TanhGELU<double>(x), 0, double.PositiveInfinity, 0, 1);
        CheckLimits<float>(x => new Mish<float>(x), 0, float.PositiveInfinity, 0, 1);
        CheckLimits<double>(x => new Mish<double>(x), 0, double.PositiveInfinity, 0, 1);
    }

    [TestMethod]
    public void A_result_depends_on_its_argument_only()
    {
        float[] x = [.. Sweep.Floats().Take(61)];
        foreach (Func<Node<float>, Node<float>> node in new Func<Node<float>, Node<float>>[]
        {
            x => new Sigmoid<float>(x), x => new Tanh<float>(x), x => new SELU<float>(x), x => new GELU<float>(x), x => new TanhGELU<float>(x), x => new Mish<float>(x),
        })
        {
            (float[] together, float[] slopes) = Run(node, x, 0.7f);
            for (int i = 0; i < x.Length; i++)
            {
                (float[] alone, float[] slope) = Run(node, [x[i]], 0.7f);
                Assert.AreEqual(together[i], alone[0]);
                Assert.AreEqual(slopes[i], slope[0]);
            }
        }
    }

    private static void CheckSingle(Func<Node<float>, Node<float>> node, Func<double, double> value, Func<double, double> slope)
    {
        float[] arguments = Sweep.Floats();
        (float[] values, float[] slopes) = Run(node, arguments, 1);
        string name = node(new Parameter<float>("x", 1, 1)).Name;
        for (int i = 0; i < arguments.Length; i++)
        {
            Ulp.Check(value(arguments[i]), values[i], 4, () => $"{name}({arguments[i]:R})");
            Ulp.Check(slope(arguments[i]), slopes[i], 4, () => $"{name}'({arguments[i]:R})");
        }
    }

    private static void CheckDouble(
        Func<Node<double>, Node<double>> node,
        double bound,
        Func<BigInteger, BigInteger> value,
        Func<BigInteger, BigInteger> slope,
        Func<BigInteger, BigInteger>? term = null,
        Func<double, double>? condition = null)
    {
        double[] arguments = Sweep.Doubles();
        (double[] values, double[] slopes) = Run(node, arguments, 1);
        string name = node(new Parameter<double>("x", 1, 1)).Name;
        for (int i = 0; i < arguments.Length; i++)
        {
            BigInteger x = FixedPoint.From(arguments[i]);
            double allowed = bound * (condition?.Invoke(arguments[i]) ?? 1);
            Ulp.Check(value(x), values[i], allowed, () => $"{name}({arguments[i]:R})");
            Ulp.Check(slope(x), slopes[i], allowed, () => $"{name}'({arguments[i]:R})", term?.Invoke(x) ?? 0);
        }
    }

    private static void CheckLimits<T>(Func<Node<T>, Node<T>> node, T left, T right, T leftSlope, T rightSlope) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // 3 do not fill a register, 33 fill some and leave one over.
        foreach (int length in new[] { 3, 33 })
        {
            T[] x = [.. Enumerable.Range(0, length).Select(i => (i % 3) switch { 0 => T.NegativeInfinity, 1 => T.PositiveInfinity, _ => T.NaN })];
            (T[] values, T[] slopes) = Run(node, x, T.One);
            CollectionAssert.AreEqual(x.Select((_, i) => (i % 3) switch { 0 => left, 1 => right, _ => T.NaN }).ToArray(), values.Select(y => y + T.Zero).ToArray());
            for (int i = 0; i < length; i++)
            {
                Assert.IsTrue(T.IsNaN(x[i]) || slopes[i] == (T.IsNegative(x[i]) ? leftSlope : rightSlope), $"{x[i]}: {slopes[i]}");
            }
        }
    }

    /// <summary>The values of a node, and the gradient of its argument for an upstream gradient.</summary>
    private static (T[] Values, T[] Gradient) Run<T>(Func<Node<T>, Node<T>> node, T[] arguments, T upstream) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = new Parameter<T>("x", new Matrix<T>(1, arguments.Length, arguments));
        var graph = new Graph<T>(node(x));
        graph.Forward();
        graph.Backward(new Matrix<T>(1, arguments.Length, [.. Enumerable.Repeat(upstream, arguments.Length)]));
        return (graph.Output.Value.Values.ToArray(), x.Gradient.Values.ToArray());
    }

    private static double Sigmoid(double x) => x > 0 ? 1 / (1 + Math.Exp(-x)) : Math.Exp(x) / (1 + Math.Exp(x));

    private static double ExpM1(double x) => 2 * Math.Tanh(x / 2) / (1 - Math.Tanh(x / 2));

    private static double Normal(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    private static double Inner(double x) => 1.5957691216057308 * (x + 0.044715 * x * x * x);

    private static double SlopeOfTanhGELU(double x)
    {
        double factor = Sigmoid(Inner(x)) * Sigmoid(-Inner(x));
        return Sigmoid(Inner(x)) + (factor == 0 ? 0 : x * factor * 1.5957691216057308 * (1 + 3 * 0.044715 * x * x));
    }

    // With e = exp(-|x|): (e^2 + 2 e) / (e^2 + 2 e + 2) for x <= 0, (1 + 2 e) / (1 + 2 e + 2 e^2) for x > 0.
    private static double TanhOfSoftplus(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        return x > 0 ? (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : e * (2 + e) / (2 + e * (2 + e));
    }

    private static double SlopeOfMish(double x)
    {
        double e = Math.Exp(-Math.Abs(x));
        double d = x > 0 ? 1 + 2 * e + 2 * e * e : 2 + e * (2 + e);
        return TanhOfSoftplus(x) + (e == 0 ? 0 : 4 * x * e * (x > 0 ? e : 1) * (1 + e) / (d * d));
    }

    private static BigInteger TanhOfSoftplus(BigInteger x)
    {
        BigInteger e = FixedPoint.Exp(-BigInteger.Abs(x)), square = FixedPoint.Multiply(e, e);
        return x.Sign > 0 ? FixedPoint.Divide(One + 2 * e, One + 2 * e + 2 * square) : FixedPoint.Divide(2 * e + square, 2 * One + 2 * e + square);
    }

    // y' = t + x t', t' = (1 - t^2) / (1 + exp(-x)).
    private static BigInteger SlopeOfMish(BigInteger x)
    {
        BigInteger t = TanhOfSoftplus(x);
        return t + FixedPoint.Multiply(x, FixedPoint.Multiply(One - FixedPoint.Multiply(t, t), Sigmoid(x)));
    }

    private static BigInteger Sigmoid(BigInteger x)
    {
        BigInteger e = FixedPoint.Exp(-BigInteger.Abs(x));
        return FixedPoint.Divide(x.Sign > 0 ? One : e, One + e);
    }

    private static BigInteger Tanh(BigInteger x)
    {
        BigInteger e = FixedPoint.Exp(-2 * BigInteger.Abs(x));
        return x.Sign * FixedPoint.Divide(One - e, One + e);
    }

    private static BigInteger Multiply(double factor, BigInteger x) => FixedPoint.Multiply(FixedPoint.From(factor), x);

    private static BigInteger Normal(BigInteger x) => x.Sign > 0 ? One - FixedPoint.NormalTail(x) : FixedPoint.NormalTail(-x);

    private static BigInteger Inner(BigInteger x) =>
        FixedPoint.Multiply(ScaleOfTanh, x + FixedPoint.Multiply(FixedPoint.From(0.044715), FixedPoint.Multiply(x, FixedPoint.Multiply(x, x))));

    private static BigInteger SlopeOfTanhGELU(BigInteger x)
    {
        BigInteger slope = FixedPoint.Multiply(ScaleOfTanh, One + 3 * FixedPoint.Multiply(FixedPoint.From(0.044715), FixedPoint.Multiply(x, x)));
        BigInteger factor = FixedPoint.Multiply(Sigmoid(Inner(x)), Sigmoid(-Inner(x)));
        return Sigmoid(Inner(x)) + FixedPoint.Multiply(x, FixedPoint.Multiply(factor, slope));
    }
}
