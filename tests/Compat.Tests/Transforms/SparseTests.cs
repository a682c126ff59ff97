using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Compat.Tests;

/// <summary>
/// What a transform learns and computes does not depend on how a vector is stored. (In ML.NET 5.0.0 it does for robust scaling,
/// which fails on sparse vectors, and for the distribution functions, which leave out zeros.)
/// </summary>
[TestClass]
public sealed class SparseTests
{
    private const int Slots = 6;

    public static IEnumerable<object[]> Transforms => new (string Name, Func<TransformsCatalog, IEstimator<ITransformer>> Create)[]
    {
        ("mean and variance", catalog => catalog.NormalizeMeanVariance("O", "V")),
        ("mean and variance around the mean", catalog => catalog.NormalizeMeanVariance("O", "V", fixZero: false)),
        ("range", catalog => catalog.NormalizeMinMax("O", "V")),
        ("range from the minimum", catalog => catalog.NormalizeMinMax("O", "V", fixZero: false)),
        ("concatenation", catalog => catalog.Concatenate("O", "V", "S", "V")),
        ("formula", catalog => catalog.Expression("O", "(v, s) => v > 0 ? v * s : exp(v)", "V", "S")),
        ("conversion", catalog => catalog.CopyColumns("O", "V")),
    }.Select(item => new object[] { item.Name, item.Create });

    [TestMethod]
    [DynamicData(nameof(Transforms))]
    public void Sparse_and_dense_input_give_the_same(string name, Func<TransformsCatalog, IEstimator<ITransformer>> create)
    {
        var ml = new MLContext(seed: 1);
        float[][] dense = Run(ml, create(ml.Transforms), sparse: false);
        float[][] sparse = Run(ml, create(ml.Transforms), sparse: true);
        for (int i = 0; i < dense.Length; i++)
        {
            for (int j = 0; j < dense[i].Length; j++)
            {
                Assert.AreEqual(dense[i][j], sparse[i][j], 1e-5f, $"{name}: row {i}, slot {j}");
            }
        }
    }

    private static float[][] Run(MLContext ml, IEstimator<ITransformer> estimator, bool sparse)
    {
        IDataView data = ml.Data.LoadFromEnumerable(Rows(sparse).ToArray());
        return [.. estimator.Fit(data).Transform(data).GetColumn<float[]>("O")];
    }

    private static IEnumerable<Row> Rows(bool sparse)
    {
        var random = new Random(5);
        for (int i = 0; i < 40; i++)
        {
            float[] values = [.. Enumerable.Range(0, Slots).Select(_ => random.Next(3) == 0 ? (random.NextSingle() * 4) - 2 : 0)];
            int[] indices = [.. Enumerable.Range(0, Slots).Where(slot => values[slot] != 0)];
            yield return new()
            {
                V = sparse ? new(Slots, indices.Length, [.. indices.Select(slot => values[slot])], indices) : new(Slots, values),
                S = random.NextSingle(),
            };
        }
    }

    private sealed class Row
    {
        [VectorType(Slots)]
        public VBuffer<float> V { get; set; }

        public float S { get; set; }
    }
}
