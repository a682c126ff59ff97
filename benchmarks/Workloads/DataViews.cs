using System.Diagnostics;
using EE569.Engine.Random;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace EE569.Benchmarks.Workloads;

/// <summary>Data views in memory for the learners of a pipeline.</summary>
internal static class DataViews
{
    private const ulong Seed = 569;

    /// <summary>Labelled rows; sparse ones as a pipeline that makes categories one-hot gives them.</summary>
    public static IDataView Of(MLContext context, LabelledRows rows, int classes, bool isSparse) =>
        View(context, [.. Examples(rows, isSparse)], rows.Features, classes);

    public static IEnumerable<VectorExample> Examples(LabelledRows rows, bool isSparse)
    {
        for (int row = 0; row < rows.Rows; row++)
        {
            float[] values = rows.Row(row).ToArray();
            int[] indices = isSparse ? [.. Enumerable.Range(0, values.Length).Where(i => values[i] != 0)] : [];
            yield return new VectorExample
            {
                Label = rows.Labels[row] == 1,
                Class = (uint)rows.Labels[row],
                Number = rows.Numbers?[row] ?? 0,
                Features = isSparse ? new VBuffer<float>(values.Length, indices.Length, [.. indices.Select(i => values[i])], indices) : new VBuffer<float>(values.Length, values),
            };
        }
    }

    /// <summary>
    /// Texts as bags of words: each row has about <paramref name="nonZeros"/> words, frequent ones more often, of length 1; every word leans
    /// to one of the classes, and the label follows the sum of the leanings with noise.
    /// </summary>
    public static IDataView Texts(MLContext context, int rows, int features, int nonZeros)
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
            examples[row] = new VectorExample { Label = label, Class = label ? 1u : 0u, Features = new VBuffer<float>(features, words.Count, values, [.. words]) };
        }

        return View(context, examples, features, classes: 2);
    }

    /// <summary>Reads a column of vectors to the end.</summary>
    /// <returns>The seconds it took.</returns>
    public static double Read(IDataView view, string columnName)
    {
        DataViewSchema.Column column = view.Schema[columnName];
        long start = Stopwatch.GetTimestamp();
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        Action read = column.Type is VectorDataViewType ? Reader<VBuffer<float>>(cursor, column) : Reader<float>(cursor, column);
        while (cursor.MoveNext())
        {
            read();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static Action Reader<T>(DataViewRowCursor cursor, DataViewSchema.Column column)
        where T : struct
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        T value = default;
        return () => getter(ref value);
    }

    private static IDataView View(MLContext context, VectorExample[] examples, int features, int classes) =>
        context.Data.Cache(context.Data.LoadFromEnumerable(examples, VectorExample.Schema(features, classes)));
}
