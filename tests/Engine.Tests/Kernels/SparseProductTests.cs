using EE569.Engine.Kernels.Products;
using EE569.Engine.Matrices;
using EE569.Engine.Parallel;

namespace EE569.Engine.Tests.Kernels;

[TestClass]
public class SparseProductTests
{
    private static readonly LayerShape _shape = new(4, 6, 3);
    private static readonly CsrMatrix<double> _x = new(4, 6, [0, 3, 3, 4, 9], [0, 2, 5, 1, 0, 1, 2, 4, 5], [1.5, -2, 0.25, 3, 1, 2, -3, 4, -5]);

    [TestMethod]
    public void Forward_equals_the_dense_product()
    {
        double[] w = Ramp(_shape.Outputs * _shape.Inputs), bias = Ramp(_shape.Outputs);
        foreach (double[] b in new[] { bias, [] })
        {
            var expected = new double[_shape.Rows * _shape.Outputs];
            MatrixProduct.Forward(_shape, Dense(), w, b, expected, Workers.Single);
            var actual = new double[expected.Length];
            SparseProduct.Forward(_shape, _x, w, b, actual);
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
        SparseProduct.WeightGradient(_shape, dy, _x, actual);
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
        SparseProduct.WeightGradient(_shape, dy, _x, dw);
        for (int output = 0; output < _shape.Outputs; output++)
        {
            Assert.AreEqual(7, dw[(output * _shape.Inputs) + 3], "column 3 has no number");
        }
    }

    [TestMethod]
    public void Rows_chosen_from_a_matrix_are_multiplied_in_place()
    {
        int[] rows = [3, 0, 3, 1];
        CsrMatrix<double> chosen = CsrMatrix<double>.CreateBuffer(6);
        chosen.PointAt(_x, [2]);
        chosen.PointAt(_x, rows);
        double[] w = Ramp(_shape.Outputs * _shape.Inputs), all = new double[4 * _shape.Outputs], actual = new double[all.Length];
        SparseProduct.Forward(_shape, _x, w, [], all);
        SparseProduct.Forward(_shape, chosen, w, [], actual);
        CollectionAssert.AreEqual(rows.SelectMany(row => all[(row * _shape.Outputs)..((row + 1) * _shape.Outputs)]).ToArray(), actual);
        Assert.AreEqual(5 + 3 + 5 + 0, chosen.NonZeros);
    }

    private static double[] Dense() => _x.ToDense().Values.ToArray();

    private static double[] Ramp(int length) => [.. Enumerable.Range(0, length).Select(i => (0.37 * i) - 1)];
}
