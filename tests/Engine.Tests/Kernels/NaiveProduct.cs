namespace EE569.Engine.Tests.Kernels;

/// <summary>The reference of the product tests: three loops in double, and how far rounding may lead away from them.</summary>
internal static class NaiveProduct
{
    /// <summary>C[r, c] = initial[r, c] + sum of a(r, p) b(p, c), with the sum of the magnitudes of all terms.</summary>
    public static (double[] Values, double[] Magnitudes) Multiply(
        int rows, int columns, int depth, Func<int, int, double> a, Func<int, int, double> b, Func<int, int, double> initial)
    {
        var values = new double[rows * columns];
        var magnitudes = new double[rows * columns];
        for (int r = 0; r < rows; r++)
        {
            for (int c = 0; c < columns; c++)
            {
                double sum = initial(r, c), magnitude = Math.Abs(sum);
                for (int p = 0; p < depth; p++)
                {
                    double term = a(r, p) * b(p, c);
                    sum += term;
                    magnitude += Math.Abs(term);
                }

                values[(r * columns) + c] = sum;
                magnitudes[(r * columns) + c] = magnitude;
            }
        }

        return (values, magnitudes);
    }

    /// <summary>Every number is within depth roundings of the reference: |error| &lt;= (depth + 2) eps sum |terms|.</summary>
    public static void AssertClose<T>((double[] Values, double[] Magnitudes) expected, ReadOnlySpan<T> actual, int depth, string what)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Assert.AreEqual(expected.Values.Length, actual.Length, what);
        double rounding = (depth + 2) * double.CreateChecked(T.BitIncrement(T.One) - T.One);
        for (int i = 0; i < actual.Length; i++)
        {
            double error = Math.Abs(double.CreateChecked(actual[i]) - expected.Values[i]);
            Assert.IsTrue(
                error <= rounding * expected.Magnitudes[i],
                $"{what}: element {i} is {actual[i]}, expected {expected.Values[i]} within {rounding * expected.Magnitudes[i]}.");
        }
    }
}
