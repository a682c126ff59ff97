using System.Globalization;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine;
using EE569.Engine.Data;
using EE569.Engine.Training;

namespace EE569.Benchmarks.Studies;

/// <summary>Time per epoch over rows, features, hidden units and layers: straight lines.</summary>
internal sealed class GrowthStudy(int repetitions, bool smoke, TextWriter log)
{
    private int BaseRows => smoke ? 500 : 20_000;

    public Section Run()
    {
        var images = new Dictionary<string, string>();
        var table = new MarkdownTable("seconds per epoch over", "range", "fixed part", "slope", "R²");
        Grow("rows", [1, 2, 4, 6, 8, 10], n => SecondsPerEpoch(Network(rows: n * BaseRows / 2)), n => n * BaseRows / 2, table, images);
        Grow("features", [1, 2, 3, 4, 6, 8], n => SecondsPerEpoch(Network(features: 96 * n)), n => 96 * n, table, images);
        Grow("hidden units", [1, 2, 3, 4, 6, 8], n => SecondsPerEpoch(Network(hidden: 96 * n)), n => 96 * n, table, images);
        Grow("hidden layers", [1, 2, 3, 4, 6, 8], n => SecondsPerEpoch(Network(layers: n)), n => n, table, images);
        Grow("non-zeros of a sparse row", [1, 2, 3, 4, 6, 8], n => SecondsPerSparseEpoch(25 * n, 100_000), n => 25 * n, table, images);
        Grow("columns of sparse rows", [1, 2, 4, 6, 8, 10], n => SecondsPerSparseEpoch(100, n * 100_000), n => n * 100_000, table, images);
        string plots = string.Join(Environment.NewLine, images.Keys.Select(name => $"![{name}](images/{name})"));
        return new Section(
            "Growth",
            $"""
            One epoch of a relu network with softmax (otherwise {BaseRows:N0} rows, 96 features, 2 hidden layers of 96, 10 classes; batch 200, Adam, one
            thread), the best of {repetitions}, and the least-squares line. Sparse rows: logistic regression (otherwise {BaseRows:N0} rows of 100 non-zeros spread over 100,000
            columns; batch 64, SGD with L2); its time should grow with the non-zeros and hardly with the columns.

            {table}
            {plots}
            """,
            images);
    }

    private void Grow(string what, int[] steps, Func<int, double> seconds, Func<int, int> size, MarkdownTable table, Dictionary<string, string> images)
    {
        List<(double X, double Y)> points = [.. steps.Select(n => ((double)size(n), seconds(n)))];
        LinearFit fit = LinearFit.Through(points);
        table.Add(
            what, $"{points[0].X}–{points[^1].X}", Format.Seconds(Math.Abs(fit.Intercept)) + (fit.Intercept < 0 ? " below 0" : ""), Format.Seconds(Math.Abs(fit.Slope)) + " each",
            fit.RSquared.ToString("F4", CultureInfo.InvariantCulture));
        string image = $"growth-{what.Replace(' ', '-')}.svg";
        images[image] = LinePlot.Draw($"Time per epoch over {what}", what, "seconds", points, fit);
        log.WriteLine($"growth over {what}: R² {fit.RSquared:F4}");
    }

    private NetworkWorkload Network(int? rows = null, int features = 96, int hidden = 96, int layers = 2) => new(
        "growth", "", rows ?? BaseRows, [features, .. Enumerable.Repeat(hidden, layers), 10], Activation.ReLU, 200, 2, "adam", 1e-3, 0, 1, [], SyntheticRows.Clusters(4));

    /// <summary>The second epoch: the first one makes the buffers.</summary>
    private double SecondsPerEpoch(NetworkWorkload workload)
    {
        var data = EngineContender.Data(workload.Generate(workload));
        var trainer = new MiniBatchTrainer<float>(EngineContender.Options(workload, threads: 1));
        return Enumerable.Range(0, repetitions).Min(_ => trainer.Fit(workload.CreateNetwork(), data).History[1].Seconds);
    }

    private double SecondsPerSparseEpoch(int nonZeros, int columns)
    {
        var random = new SplitMix64(1);
        var builder = new CsrMatrixBuilder<float>(columns);
        var indices = new int[nonZeros];
        var values = new float[nonZeros];
        int spacing = columns / nonZeros;
        Array.Fill(values, 1);
        for (int row = 0; row < BaseRows; row++)
        {
            for (int i = 0; i < nonZeros; i++)
            {
                indices[i] = (i * spacing) + random.NextInt32(spacing);
            }

            builder.Append(indices, values);
        }

        var data = new SparseData<float>(builder.Build(), [.. Enumerable.Range(0, BaseRows).Select(row => row % 2)]);
        var trainer = new MiniBatchTrainer<float>(new() { BatchSize = 64, NumberOfEpochs = 2, L2Regularization = 1e-6 });
        Network<float> Create() => new FeedForward { Inputs = columns, Loss = LossFunction.BinaryCrossEntropy }.Build<float>();
        return Enumerable.Range(0, repetitions).Min(_ => trainer.Fit(Create(), data).History[1].Seconds);
    }
}
