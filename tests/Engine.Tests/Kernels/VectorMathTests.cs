using EE569.Engine.Kernels;

namespace EE569.Engine.Tests.Kernels;

/// <summary>The stated error bounds, over the range where the functions change and at its ends, for lengths that do and do not fill registers.</summary>
[TestClass]
public class VectorMathTests
{
    private const double SmallestNormal = 1.17549435e-38;

    private delegate void Function<T>(ReadOnlySpan<T> x, Span<T> y);

    private delegate void Gradient<T>(ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx);

    [TestMethod]
    public void Tanh_in_single_precision_stays_within_its_bound() =>
        AssertRelativeError(VectorMath.Tanh, Math.Tanh, SingleTanh.RelativeError);

    [TestMethod]
    public void Sigmoid_in_single_precision_stays_within_its_bound() =>
        AssertRelativeError(VectorMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 3e-7);

    [TestMethod]
    public void Exp_in_single_precision_stays_within_its_bound() => AssertRelativeError(VectorMath.Exp, Math.Exp, 3e-7);

    [TestMethod]
    public void Tanh_in_double_precision_is_exact_to_the_last_bits()
    {
        double[] x = [.. Arguments().Select(value => (double)value)];
        var y = new double[x.Length];
        VectorMath.Tanh<double>(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            Assert.AreEqual(Math.Tanh(x[i]), y[i], 4e-16 * Math.Abs(y[i]));
        }
    }

    [TestMethod]
    public void Every_register_width_gives_tanh_within_its_bound()
    {
        float[] x = Arguments();
        foreach (InstructionSet instructions in Enum.GetValues<InstructionSet>())
        {
            var y = new float[x.Length];
            ElementWise.Map<SingleTanh, float>(x, x, y, instructions);
            for (int i = 0; i < x.Length; i++)
            {
                Assert.AreEqual(Math.Tanh(x[i]), y[i], SingleTanh.RelativeError * Math.Abs(Math.Tanh(x[i])), $"{instructions}, tanh({x[i]})");
            }
        }
    }

    [TestMethod]
    public void Limits_are_reached_and_NaN_stays_NaN()
    {
        float[] x = [float.NegativeInfinity, float.PositiveInfinity, float.NaN, 0, -1000, 1000];
        foreach (int length in new[] { x.Length, 40 })
        {
            float[] arguments = [.. Enumerable.Range(0, length).Select(i => x[i % x.Length])];
            var y = new float[length];
            VectorMath.Tanh<float>(arguments, y);
            Check(y, [-1, 1, float.NaN, 0, -1, 1], SingleTanh.RelativeError);
            VectorMath.Sigmoid<float>(arguments, y);
            Check(y, [0, 1, float.NaN, 0.5f, 0, 1], 3e-7);
            VectorMath.Exp<float>(arguments, y);
            Check(y, [0, float.PositiveInfinity, float.NaN, 1, 0, float.PositiveInfinity], 3e-7);
        }
    }

    [TestMethod]
    public void Gradients_follow_from_the_value()
    {
        AssertGradient<float>(VectorMath.TanhGradient, (y, dy) => dy * (1 - (y * y)));
        AssertGradient<float>(VectorMath.SigmoidGradient, (y, dy) => dy * y * (1 - y));
        AssertGradient<float>(VectorMath.ReLUGradient, (x, dy) => x > 0 ? dy : 0);
        AssertGradient<double>(VectorMath.TanhGradient, (y, dy) => dy * (1 - (y * y)));
        AssertGradient<double>(VectorMath.SigmoidGradient, (y, dy) => dy * y * (1 - y));
        AssertGradient<double>(VectorMath.ReLUGradient, (x, dy) => x > 0 ? dy : 0);
    }

    [TestMethod]
    public void Results_may_replace_arguments()
    {
        float[] x = Arguments()[..37], expected = new float[x.Length];
        VectorMath.Tanh<float>(x, expected);
        VectorMath.Tanh<float>(x, x);
        CollectionAssert.AreEqual(expected, x);

        float[] dy = [.. x.Select(value => value + 1)];
        VectorMath.TanhGradient<float>(x, dy, expected);
        VectorMath.TanhGradient<float>(x, dy, dy);
        CollectionAssert.AreEqual(expected, dy);
    }

    [TestMethod]
    public void Vectors_of_different_lengths_are_refused() =>
        Assert.ThrowsExactly<ArgumentException>(() => VectorMath.TanhGradient<float>(new float[3], new float[3], new float[2]));

    private static float[] Arguments()
    {
        var random = new Random(3);
        IEnumerable<float> even = Enumerable.Range(0, 200_003).Select(_ => (float)((random.NextDouble() - 0.5) * 40));
        IEnumerable<float> tiny = Enumerable.Range(0, 2_000).Select(_ => (float)((random.NextDouble() - 0.5) * Math.Pow(10, -30 * random.NextDouble())));
        return [.. even, .. tiny];
    }

    private static void AssertRelativeError(Function<float> function, Func<double, double> exact, double bound)
    {
        float[] x = Arguments();
        var y = new float[x.Length];
        function(x, y);
        for (int i = 0; i < x.Length; i++)
        {
            double expected = exact(x[i]);
            Assert.AreEqual(expected, y[i], (bound * Math.Abs(expected)) + SmallestNormal, $"argument {x[i]}");
        }
    }

    private static void AssertGradient<T>(Gradient<T> gradient, Func<double, double, double> expected)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        foreach (int length in new[] { 0, 1, 7, 16, 37, 100 })
        {
            T[] y = [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(Math.Sin(i)))];
            T[] dy = [.. Enumerable.Range(0, length).Select(i => T.CreateChecked(Math.Cos(3 * i)))];
            var dx = new T[length];
            gradient(y, dy, dx);
            for (int i = 0; i < length; i++)
            {
                Assert.AreEqual(expected(double.CreateChecked(y[i]), double.CreateChecked(dy[i])), double.CreateChecked(dx[i]), 1e-6);
            }
        }
    }

    private static void Check(float[] actual, float[] expected, double tolerance)
    {
        for (int i = 0; i < actual.Length; i++)
        {
            float wanted = expected[i % expected.Length];
            Assert.IsTrue(
                float.IsNaN(wanted) ? float.IsNaN(actual[i]) : actual[i] == wanted || Math.Abs(actual[i] - wanted) <= tolerance,
                $"element {i}: {actual[i]}, expected {wanted}");
        }
    }
}
