using EE569.Engine;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Workloads;

/// <summary>Data views in memory for the learners of a pipeline.</summary>
internal static class DataViews
{
    private const ulong Seed = 569;

    /// <summary>Two classes around centres ~ Normal(0, 1), points = centre + Normal(0, 2).</summary>
    public static IDataView Dense(MLContext context, int rows, int features)
    {
        var random = new SplitMix64(Seed);
        double[] centres = [.. Enumerable.Range(0, 2 * features).Select(_ => random.NextGaussian())];
        var examples = new VectorExample[rows];
        for (int row = 0; row < rows; row++)
        {
            int label = random.NextInt32(2);
            var values = new float[features];
            for (int i = 0; i < features; i++)
            {
                values[i] = (float)(centres[(label * features) + i] + (2 * random.NextGaussian()));
            }

            examples[row] = new VectorExample { Label = label == 1, Class = (uint)label + 1, Features = new VBuffer<float>(features, values) };
        }

        return View(context, examples, features);
    }

    /// <summary>
    /// Texts as bags of words: each row has about <paramref name="nonZeros"/> words, frequent ones more often, of length 1; every word leans
    /// to one of the classes, and the label follows the sum of the leanings with noise.
    /// </summary>
    public static IDataView Sparse(MLContext context, int rows, int features, int nonZeros)
    {
        var random = new SplitMix64(Seed);
        double[] leaning = [.. Enumerable.Range(0, features).Select(_ => random.NextGaussian())];
        float value = (float)(1 / Math.Sqrt(nonZeros));
        var examples = new VectorExample[rows];
        for (int row = 0; row < rows; row++)
        {
            var words = new SortedSet<int>();
            for (int i = 0; i < nonZeros; i++)
            {
                double u = random.NextDouble();
                words.Add((int)(features * u * u * u));
            }

            double score = 3 * value * words.Sum(word => leaning[word]);
            bool label = random.NextDouble() < 1 / (1 + Math.Exp(-score));
            float[] values = [.. words.Select(_ => value)];
            examples[row] = new VectorExample
            {
                Label = label,
                Class = label ? 2u : 1u,
                Features = new VBuffer<float>(features, words.Count, values, [.. words]),
            };
        }

        return View(context, examples, features);
    }

    private static IDataView View(MLContext context, VectorExample[] examples, int features)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(VectorExample));
        schema[nameof(VectorExample.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features);
        schema[nameof(VectorExample.Class)].ColumnType = new KeyDataViewType(typeof(uint), 2);
        return context.Data.Cache(context.Data.LoadFromEnumerable(examples, schema));
    }
}
