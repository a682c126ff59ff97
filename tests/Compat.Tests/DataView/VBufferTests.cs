using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>Dense and sparse vectors are two ways to write the same values.</summary>
[TestClass]
public sealed class VBufferTests
{
    [TestMethod]
    public void A_sparse_vector_reads_like_the_dense_one_in_every_way()
    {
        var random = new Random(3);
        for (int trial = 0; trial < 200; trial++)
        {
            float[] values = [.. Enumerable.Range(0, random.Next(12)).Select(_ => random.Next(3) == 0 ? random.NextSingle() : 0)];
            VBuffer<float> sparse = Sparse(values);
            CollectionAssert.AreEqual(values, sparse.DenseValues().ToArray());
            CollectionAssert.AreEqual(values, sparse.Items(all: true).Select(item => item.Value).ToArray());
            CollectionAssert.AreEqual(values, Enumerable.Range(0, values.Length).Select(sparse.GetItemOrDefault).ToArray());
            var copied = new float[values.Length + 2];
            sparse.CopyTo(copied.AsSpan(), 1, 0);
            CollectionAssert.AreEqual(values, copied[1..^1]);
            VBuffer<float> dense = default;
            sparse.CopyToDense(ref dense);
            Assert.IsTrue(dense.IsDense);
            CollectionAssert.AreEqual(values, dense.GetValues().ToArray());
        }
    }

    [TestMethod]
    public void A_slice_is_the_slice_of_the_values()
    {
        float[] values = [0, 0, 3, 0, 5, 6, 0];
        for (int start = 0; start < values.Length; start++)
        {
            for (int length = 0; length <= values.Length - start; length++)
            {
                VBuffer<float> slice = default;
                Sparse(values).CopyTo(ref slice, start, length);
                CollectionAssert.AreEqual(values[start..(start + length)], slice.DenseValues().ToArray());
            }
        }
    }

    [TestMethod]
    public void Copying_reuses_a_buffer_that_is_large_enough()
    {
        float[] buffer = new float[8];
        var target = new VBuffer<float>(8, buffer);
        new VBuffer<float>(3, [1, 2, 3]).CopyTo(ref target);
        CollectionAssert.AreEqual(new float[] { 1, 2, 3 }, target.DenseValues().ToArray());
        Assert.AreEqual(3f, buffer[2]);
    }

    [TestMethod]
    public void An_editor_writes_sparse_values_and_can_be_truncated()
    {
        VBuffer<int> vector = default;
        VBufferEditor<int> editor = VBufferEditor.Create(ref vector, 10, 4);
        Assert.IsTrue(editor.CreatedNewValues);
        for (int i = 0; i < 3; i++)
        {
            editor.Indices[i] = 3 * i;
            editor.Values[i] = i + 1;
        }

        vector = editor.CommitTruncated(3);
        CollectionAssert.AreEqual(new[] { 1, 0, 0, 2, 0, 0, 3, 0, 0, 0 }, vector.DenseValues().ToArray());
        Assert.IsFalse(VBufferEditor.CreateFromBuffer(ref vector).CreatedNewValues);
    }

    [TestMethod]
    public void An_index_outside_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(2, [1, 2]).GetItemOrDefault(2));

    private static VBuffer<float> Sparse(float[] values)
    {
        int[] indices = [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)];
        return new(values.Length, indices.Length, [.. indices.Select(i => values[i])], indices);
    }
}
