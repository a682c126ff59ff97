using EE569.Engine.Matrices;

namespace EE569.Engine.Tests;

/// <summary>Shapes are checked, slices share memory, copies do not.</summary>
[TestClass]
public class MatrixTests
{
    [TestMethod]
    public void A_slice_shares_the_memory_and_a_clone_does_not()
    {
        var matrix = Matrix<double>.FromRows([1, 2], [3, 4], [5, 6]);
        Matrix<double> slice = matrix.Slice(1, 2);
        Matrix<double> clone = slice.Clone();
        slice[0, 1] = 40;
        Assert.AreEqual(40, matrix[1, 1]);
        Assert.AreEqual(4, clone[0, 1]);
        CollectionAssert.AreEqual(new float[] { 3, 40, 5, 6 }, slice.ConvertTo<float>().Values.ToArray());
    }

    [TestMethod]
    public void Sizes_that_do_not_fit_are_refused()
    {
        Assert.ThrowsExactly<ArgumentException>(() => new Matrix<float>(2, 3, [1, 2]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix<float>(-1, 3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix<float>(100_000, 100_000));
        Assert.ThrowsExactly<ArgumentException>(() => Matrix<float>.FromRows([1, 2], [3]));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix<float>(3, 2).Slice(2, 2));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix<float>(3, 2).Row(3));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new Matrix<float>(3, 2).Slice(1, 1).Row(1));
    }
}
