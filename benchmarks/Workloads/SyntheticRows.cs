using EE569.Engine.Random;

namespace EE569.Benchmarks.Workloads;

/// <summary>The data of the workloads, from fixed seeds.</summary>
internal static class SyntheticRows
{
    private const ulong Seed = 569;

    /// <summary>Class centres ~ Normal(0, 1) per feature, points = centre + Normal(0, 2), classes uniform; all divided by a number.</summary>
    public static Func<NetworkWorkload, LabelledRows> Clusters(double divisor = 1) => workload =>
    {
        int features = workload.Features, classes = workload.Classes;
        var random = new SplitMix64(Seed);
        double[] centres = [.. Enumerable.Range(0, classes * features).Select(_ => random.NextGaussian())];
        var values = new float[workload.Rows * features];
        var labels = new int[workload.Rows];
        for (int row = 0; row < workload.Rows; row++)
        {
            int label = labels[row] = random.NextInt32(classes);
            for (int i = 0; i < features; i++)
            {
                values[(row * features) + i] = (float)((centres[(label * features) + i] + (2 * random.NextGaussian())) / divisor);
            }
        }

        return new LabelledRows(workload.Rows, features, values, labels);
    };

    /// <summary>Two circles of radius 0.5 and 1 with radial noise 0.1.</summary>
    public static LabelledRows Circles(NetworkWorkload workload)
    {
        var random = new SplitMix64(Seed);
        var values = new float[2 * workload.Rows];
        var labels = new int[workload.Rows];
        for (int row = 0; row < workload.Rows; row++)
        {
            int label = labels[row] = row % 2;
            double radius = (label == 0 ? 0.5 : 1) + (0.1 * random.NextGaussian());
            double angle = 2 * Math.PI * random.NextDouble();
            values[2 * row] = (float)(radius * Math.Cos(angle));
            values[(2 * row) + 1] = (float)(radius * Math.Sin(angle));
        }

        return new LabelledRows(workload.Rows, 2, values, labels);
    }

    /// <summary>Features ~ Normal(0, 1), the number is the sine of their sum over the root of their count, with noise 0.1.</summary>
    public static LabelledRows Numbers(NetworkWorkload workload)
    {
        var random = new SplitMix64(Seed);
        float[] values = [.. Enumerable.Range(0, workload.Rows * workload.Features).Select(_ => (float)random.NextGaussian())];
        float[] numbers = [.. values.Chunk(workload.Features).Select(row => (float)(Math.Sin(row.Sum() / Math.Sqrt(row.Length)) + (0.1 * random.NextGaussian())))];
        return new LabelledRows(workload.Rows, workload.Features, values, new int[workload.Rows], numbers);
    }

    /// <summary>
    /// As a census of adults: 8 columns of categories, one-hot as 100 features, and 6 numbers ~ Normal(0, 1); every feature leans to one of
    /// the two classes, and the label follows the sum of the leanings with noise.
    /// </summary>
    public static LabelledRows Categories(NetworkWorkload workload)
    {
        int[] categories = [8, 16, 7, 14, 6, 5, 2, 42];
        int features = workload.Features;
        var random = new SplitMix64(Seed);
        double[] leaning = [.. Enumerable.Range(0, features).Select(_ => random.NextGaussian())];
        var values = new float[workload.Rows * features];
        var labels = new int[workload.Rows];
        for (int row = 0; row < workload.Rows; row++)
        {
            Span<float> example = values.AsSpan(row * features, features);
            int first = 0;
            foreach (int count in categories)
            {
                example[first + random.NextInt32(count)] = 1;
                first += count;
            }

            double score = 0;
            for (int i = 0; i < features; i++)
            {
                example[i] = i < first ? example[i] : (float)random.NextGaussian();
                score += example[i] * leaning[i];
            }

            labels[row] = random.NextDouble() < 1 / (1 + Math.Exp(-score)) ? 1 : 0;
        }

        return new LabelledRows(workload.Rows, features, values, labels);
    }
}
