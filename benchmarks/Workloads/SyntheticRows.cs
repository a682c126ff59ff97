using EE569.Engine;

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
}
