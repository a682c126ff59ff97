using EE569.Engine.Kernels;

namespace EE569.Engine.Tests.Kernels;

[TestClass]
public class SparseProductTests
{
    private static readonly LayerShape _shape = new(4, 6, 3);
    private static readonly int[] _offsets = [0, 3, 3, 4, 9];
    private static readonly int[] _columns = [0, 2, 5, 1, 0, 1, 2, 4, 5];
    private static readonly double[] _values = [1.5, -2, 0.25, 3, 1, 2, -3, 4, -5];

    [TestMethod]
    public void Forward_equals_the_dense_product()
    {
        double[] w = Ramp(_shape.Outputs * _shape.Inputs), bias = Ramp(_shape.Outputs);
        foreach (double[] b in new[] { bias, [] })
        {
            var expected = new double[_shape.Rows * _shape.Outputs];
            MatrixProduct.Forward(_shape, Dense(), w, b, expected, Workers.Single);
            var actual = new double[expected.Length];
            SparseProduct.Forward(_shape, _offsets, _columns, _values, w, b, actual);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.AreEqual(expected[i], actual[i], 1e-12);
            }
        }
    }

    [TestMethod]
    public void Weight_gradient_adds_the_dense_gradient()
    {
        double[] dy = Ramp(_shape.Rows * _shape.Outputs);
        double[] expected = Ramp(_shape.Outputs * _shape.Inputs), actual = [.. expected];
        MatrixProduct.WeightGradient(_shape, dy, Dense(), expected, Workers.Single, accumulate: true);
        SparseProduct.WeightGradient(_shape, dy, _offsets, _columns, _values, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], 1e-12);
        }
    }

    [TestMethod]
    public void Weight_gradient_leaves_columns_without_numbers_alone()
    {
        double[] dy = Ramp(_shape.Rows * _shape.Outputs);
        var dw = new double[_shape.Outputs * _shape.Inputs];
        Array.Fill(dw, 7);
        SparseProduct.WeightGradient(_shape, dy, _offsets, _columns, _values, dw);
        for (int output = 0; output < _shape.Outputs; output++)
        {
            Assert.AreEqual(7, dw[(output * _shape.Inputs) + 3], "column 3 has no number");
        }
    }

    private static double[] Dense()
    {
        var dense = new double[_shape.Rows * _shape.Inputs];
        for (int row = 0; row < _shape.Rows; row++)
        {
            for (int i = _offsets[row]; i < _offsets[row + 1]; i++)
            {
                dense[(row * _shape.Inputs) + _columns[i]] = _values[i];
            }
        }

        return dense;
    }

    private static double[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(i => (0.37 * i) - 1)];
}
