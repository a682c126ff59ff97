using EE569.Engine.Data;
using EE569.Engine.Matrices;
using EE569.Engine.Random;

namespace EE569.Engine.Tests.Data;

/// <summary>Raw features become what RealMLP reads; quantile bins hold about as many values each.</summary>
[TestClass]
public class FeaturePreparationTests
{
    [TestMethod]
    public void Median_quartiles_and_clip_are_those_of_the_definition()
    {
        // Quartiles 2, 3, 4; then equal quartiles with range 0 to 10; constant; missing values.
        Matrix<double> rows = Matrix<double>.FromRows([1, 0, 7, double.NaN], [2, 5, 7, 1], [3, 5, 7, 2], [4, 5, 7, double.NaN], [1e30, 10, 7, 3]);
        var scale = RobustScale.Fit(rows);
        CollectionAssert.AreEqual(new double[] { 3, 5, 7, 2 }, scale.Medians.ToArray());
        CollectionAssert.AreEqual(new double[] { 0.5, 0.2, 0, 1 }, scale.Factors.ToArray());
        CollectionAssert.AreEqual(new[] { 3 }, scale.IndicatorColumns.ToArray());
        Assert.AreEqual(5, scale.Outputs);

        Matrix<double> prepared = scale.Transform(rows);
        Golden.AreClose([-1 / Math.Sqrt(1 + 1.0 / 9), -1 / Math.Sqrt(1 + 1.0 / 9), 0, 0, 1], prepared.Row(0));
        Golden.AreClose([3, 1 / Math.Sqrt(1 + 1.0 / 9), 0, 1 / Math.Sqrt(1 + 1.0 / 9), 0], prepared.Row(4));
        CollectionAssert.AreEqual(prepared.ConvertTo<float>().Values.ToArray(), scale.Transform(rows.ConvertTo<float>()).Values.ToArray());
    }

    [TestMethod]
    public void A_value_missing_in_no_training_row_becomes_the_median_without_an_indicator()
    {
        var scale = RobustScale.Fit(Matrix<float>.FromRows([1], [2], [3]));
        var prepared = new float[1];
        scale.Transform([float.NaN], prepared);
        Assert.AreEqual(0, prepared[0]);
        scale.Transform([float.PositiveInfinity], prepared);
        Assert.AreEqual(3, prepared[0]);
        scale.Transform([float.NegativeInfinity], prepared);
        Assert.AreEqual(-3, prepared[0]);
        Assert.AreEqual(0, RobustScale.Fit(Matrix<float>.FromRows([float.NaN], [float.NaN])).Factors[0]);
    }

    [TestMethod]
    public void Normal_scores_are_the_quantiles_of_the_ranks()
    {
        var random = new SplitMix64(3);
        var rows = new Matrix<double>(6400, 5);
        for (int i = 0; i < rows.Rows; i++)
        {
            double x = random.NextGaussian();
            (rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3], rows[i, 4]) = (Math.Exp(x), i % 4 == 0 ? 1 : 0, 7, i < 3200 ? 0 : 1 + random.NextDouble(), i % 2 == 0 ? double.NaN : x);
        }

        var scores = NormalScore.Fit(rows);
        Matrix<double> prepared = scores.Transform(rows);
        CollectionAssert.AreEqual(new[] { 4 }, scores.IndicatorColumns.ToArray());
        Assert.HasCount(65, scores.Knots[0]);
        for (int knot = 0; knot < 65; knot++)
        {
            double share = Math.Clamp(knot / 64.0, 0.25 / 64, 1 - 0.25 / 64);
            Assert.AreEqual(MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, share), scores.Scores[0][knot], 1e-12);
        }

        double[] first = [.. Enumerable.Range(0, 6400).Select(row => prepared[row, 0])];
        Assert.AreEqual(0, first.Average(), 0.01);
        Assert.AreEqual(1, Math.Sqrt(first.Average(y => y * y)), 0.05);
        Golden.AreClose([-0.5, 1.5], scores.Scores[1].ToArray(), absolute: 1e-12);
        Assert.IsEmpty(scores.Knots[2]);
        Assert.AreEqual(0, prepared[0, 2]);
        Assert.AreEqual(MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, (0.25 / 64 + 32 / 64.0) / 2), scores.Scores[3][0], 0.03); // half of the rows are 0
        Assert.AreEqual((0, 1), (prepared[0, 4], prepared[0, 5]));
        Assert.AreEqual(0, prepared[1, 5]);

        // Constant outside, monotone within, infinities too.
        var row = new double[6];
        scores.Transform([double.PositiveInfinity, 0, 7, double.NegativeInfinity, 0], row);
        Assert.AreEqual(scores.Scores[0][64], row[0]);
        Assert.AreEqual(scores.Scores[3][0], row[3]);
        Assert.IsTrue(scores.Scores.All(own => own.Zip(own.Skip(1)).All(pair => pair.First < pair.Second)));
    }

    [TestMethod]
    public void Bins_are_quantiles_with_equal_edges_merged_and_two_valued_columns_have_none()
    {
        var random = new SplitMix64(3);
        var rows = new Matrix<float>(4801, 4);
        for (int i = 0; i < rows.Rows; i++)
        {
            (rows[i, 0], rows[i, 1], rows[i, 2], rows[i, 3]) = (i, i % 2, i < 4000 ? 0 : i, (float)random.NextGaussian());
        }

        double[][] edges = QuantileBins.Find(rows, bins: 48);
        CollectionAssert.AreEqual(Enumerable.Range(0, 49).Select(i => 100.0 * i).ToArray(), edges[0]);
        Assert.IsEmpty(edges[1]);
        Assert.AreEqual(0, edges[2][0]);
        Assert.HasCount(10, edges[2]);
        Assert.HasCount(49, edges[3]);
        foreach (double[] own in edges.Where(own => own.Length > 0))
        {
            Assert.IsTrue(own.Zip(own.Skip(1)).All(pair => pair.First < pair.Second));
        }

        for (int bin = 0; bin < 48; bin++)
        {
            int held = Enumerable.Range(0, rows.Rows).Count(i => rows[i, 3] >= edges[3][bin] && rows[i, 3] < edges[3][bin + 1]);
            Assert.IsTrue(held is >= 98 and <= 102, $"{held}");
        }
    }

    [TestMethod]
    public void Edges_that_fall_together_in_single_precision_are_merged()
    {
        var rows = new Matrix<float>(4, 1, [1, MathF.BitIncrement(1), MathF.BitIncrement(MathF.BitIncrement(1)), 2]);
        double[] edges = QuantileBins.Find(rows, bins: 48)[0];
        CollectionAssert.AreEqual(edges.Select(edge => (double)(float)edge).Distinct().ToArray(), edges);
        Assert.AreEqual(1, edges[0]);
        Assert.AreEqual(2, edges[^1]);
    }

    [TestMethod]
    [DataRow(0.0)]
    [DataRow(1.0)]
    public void A_robust_scale_of_sparse_rows_is_that_of_their_dense_form(double leastDistance)
    {
        var random = new SplitMix64(1);
        var dense = new Matrix<float>(301, 9);
        for (int row = 0; row < dense.Rows; row++)
        {
            for (int column = 0; column < dense.Columns; column++)
            {
                // Ever more values from column to column, of both signs; some are missing, one is infinite.
                dense[row, column] = random.NextInt32(8) >= column ? 0 : column == 5 && row == 7 ? float.NegativeInfinity : column > 5 && random.NextInt32(20) == 0 ? float.NaN : (random.NextInt32(43) - 3) / 8f;
            }
        }

        var expected = RobustScale.Fit(dense, leastDistance);
        var actual = RobustScale.Fit(CsrMatrix<float>.FromDense(dense), leastDistance);
        CollectionAssert.AreEqual(expected.Medians.ToArray(), actual.Medians.ToArray());
        CollectionAssert.AreEqual(expected.Factors.ToArray(), actual.Factors.ToArray());
        CollectionAssert.AreEqual(expected.IndicatorColumns.ToArray(), actual.IndicatorColumns.ToArray());
    }

    [TestMethod]
    public void A_least_distance_leaves_flags_their_scale_and_limits_no_other_column()
    {
        var rows = Matrix<double>.FromRows([.. Enumerable.Range(0, 100).Select(i => new double[] { i % 10 == 0 ? 1 : 0, i % 10 == 0 ? 500 : 0, i / 1e4 })]);
        CollectionAssert.AreEqual(new[] { 2.0, 1 / 250.0 }, RobustScale.Fit(rows).Factors.Take(2).ToArray());
        CollectionAssert.AreEqual(new[] { 1.0, 1 / 250.0 }, RobustScale.Fit(rows, leastDistance: 1).Factors.Take(2).ToArray());
        Assert.AreEqual(RobustScale.Fit(rows).Factors[2], RobustScale.Fit(rows, leastDistance: 1).Factors[2]);
    }
}
