using EE569.Engine.Activations;
using EE569.Engine.Graphs;
using EE569.Engine.Matrices;

namespace EE569.Engine.Tests;

/// <summary>Sparse rows keep what dense rows hold, and refuse what is no such matrix.</summary>
[TestClass]
public class CsrMatrixTests
{
    [TestMethod]
    public void Dense_to_sparse_and_back_is_the_same()
    {
        Matrix<double> dense = TestData.Clusters<double>(20, 6, 2).Rows;
        var sparse = CsrMatrix<double>.FromDense(dense);
        CollectionAssert.AreEqual(dense.Values.ToArray(), sparse.ToDense().Values.ToArray());
        Assert.AreEqual(dense.Values.ToArray().Count(value => value != 0), sparse.NonZeros);
    }

    [TestMethod]
    public void Rows_may_be_empty()
    {
        var matrix = new CsrMatrix<float>(3, 4, [0, 0, 2, 2], [1, 3], [5, 6]);
        Assert.AreEqual(0, matrix.Indices(0).Length);
        CollectionAssert.AreEqual(new float[] { 0, 5, 0, 6 }, matrix.ToDense().Row(1).ToArray());
    }

    [TestMethod]
    [DataRow(new[] { 0, 1 }, new[] { 0, 1 }, DisplayName = "too few starts")]
    [DataRow(new[] { 1, 1, 2 }, new[] { 0, 1 }, DisplayName = "first start not 0")]
    [DataRow(new[] { 0, 3, 2 }, new[] { 0, 1 }, DisplayName = "a row ends before it starts")]
    [DataRow(new[] { 0, -1, 2 }, new[] { 0, 1 }, DisplayName = "a negative start")]
    [DataRow(new[] { 0, 1, 3 }, new[] { 0, 1 }, DisplayName = "last start beyond the values")]
    [DataRow(new[] { 0, 2, 2 }, new[] { 1, 1 }, DisplayName = "a column twice")]
    [DataRow(new[] { 0, 1, 2 }, new[] { 0, 4 }, DisplayName = "a column out of range")]
    [DataRow(new[] { 0, 1, 2 }, new[] { 0, -1 }, DisplayName = "a negative column")]
    public void Arrays_that_do_not_fit_are_refused(int[] starts, int[] columns) =>
        Assert.ThrowsExactly<ArgumentException>(() => new CsrMatrix<float>(2, 4, starts, columns, [1, 2]));

    [TestMethod]
    public void A_builder_collects_rows_and_starts_again_when_it_has_given_them_away()
    {
        Matrix<double> dense = TestData.Clusters<double>(20, 6, 2).Rows;
        var expected = CsrMatrix<double>.FromDense(dense);
        var builder = new CsrMatrixBuilder<double>(6);
        for (int pass = 0; pass < 2; pass++)
        {
            for (int row = 0; row < 20; row++)
            {
                builder.Append(expected.Indices(row), expected.Values(row));
            }

            Assert.AreEqual((20, expected.NonZeros), (builder.Rows, builder.NonZeros));
            CollectionAssert.AreEqual(dense.Values.ToArray(), builder.Build().ToDense().Values.ToArray());
            Assert.AreEqual((0, 0), (builder.Rows, builder.NonZeros));
        }
    }

    [TestMethod]
    public void A_builder_with_room_keeps_what_it_had()
    {
        var builder = new CsrMatrixBuilder<float>(4);
        builder.Append([1, 3], [5, 6]);
        builder.EnsureCapacity(3);
        builder.EnsureCapacity(0);
        builder.Append([0, 1, 2], [7, 8, 9]);

        CollectionAssert.AreEqual(new float[] { 0, 5, 0, 6, 7, 8, 9, 0 }, builder.Build().ToDense().Values.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => builder.EnsureCapacity(-1));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => builder.EnsureCapacity(int.MaxValue));
    }

    [TestMethod]
    public void A_builder_finds_the_one_column_that_does_not_ascend_wherever_it_stands()
    {
        const int length = 70;
        for (int wrong = 1; wrong < length; wrong++)
        {
            int[] columns = [.. Enumerable.Range(0, length).Select(i => 2 * i)];
            columns[wrong] = columns[wrong - 1];
            var builder = new CsrMatrixBuilder<float>(2 * length);
            string message = Assert.ThrowsExactly<ArgumentException>(() => builder.Append(columns, new float[length])).Message;
            Assert.Contains($"column {columns[wrong]} is not ascending", message);
        }
    }

    [TestMethod]
    [DataRow(new[] { 1, 1 })]
    [DataRow(new[] { 0, 6 })]
    [DataRow(new[] { -1, 2 })]
    [DataRow(new[] { 3 })]
    public void A_builder_refuses_rows_that_do_not_fit(int[] columns) =>
        Assert.Throws<ArgumentException>(() => new CsrMatrixBuilder<float>(6).Append(columns, [1, 2]));

    [TestMethod]
    public void Only_linear_layers_read_sparse_rows()
    {
        var input = new Input<float>(4);
        _ = new Graph<float>(new Tanh<float>(input));
        Assert.Contains("Tanh", Assert.ThrowsExactly<InvalidOperationException>(() => input.Set(new CsrMatrix<float>(0, 4, [0], [], []))).Message);
    }
}
