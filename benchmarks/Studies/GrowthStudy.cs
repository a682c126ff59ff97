using System.Globalization;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine;
using EE569.Engine.Data;
using EE569.Engine.Training;
using MathNet.Numerics;

namespace EE569.Benchmarks.Studies;

/// <summary>Time per epoch over rows, features, hidden units and layers: straight lines.</summary>
internal sealed class GrowthStudy(int repetitions, bool smoke, TextWriter log)
{
    private int BaseRows => smoke ? 500 : 20_000;

    public Part Measure() => new(
        "Growth",
        $"""
        One epoch of a relu network with softmax (otherwise {BaseRows:N0} rows, 96 features, 2 hidden layers of 96, 10 classes; batch 200, Adam, one
        thread), the best of {repetitions}, and the least-squares line. Sparse rows: logistic regression (otherwise {BaseRows:N0} rows of 100 non-zeros spread over 100,000
        columns; batch 64, SGD with L2); its time should grow with the non-zeros and hardly with the columns.
        """,
        ["seconds per epoch over", "range", "fixed part", "slope", "R²"],
        [
            Grow("rows", BaseRows / 2, [1, 2, 4, 6, 8, 10], rows => SecondsPerEpoch(Network(rows: rows))),
            Grow("features", 96, [1, 2, 3, 4, 6, 8], features => SecondsPerEpoch(Network(features: features))),
            Grow("hidden units", 96, [1, 2, 3, 4, 6, 8], hidden => SecondsPerEpoch(Network(hidden: hidden))),
            Grow("hidden layers", 1, [1, 2, 3, 4, 6, 8], layers => SecondsPerEpoch(Network(layers: layers))),
            Grow("non-zeros of a sparse row", 25, [1, 2, 3, 4, 6, 8], nonZeros => SecondsPerSparseEpoch(nonZeros, 100_000)),
            Grow("columns of sparse rows", 100_000, [1, 2, 4, 6, 8, 10], columns => SecondsPerSparseEpoch(100, columns)),
        ],
        []);

    private string[] Grow(string what, int unit, int[] sizes, Func<int, double> seconds)
    {
        double[] x = [.. sizes.Select(size => (double)size * unit)], y = [.. sizes.Select(size => seconds(size * unit))];
        (double fixedPart, double slope) = Fit.Line(x, y);
        string r2 = GoodnessOfFit.RSquared(x.Select(value => fixedPart + (slope * value)), y).ToString("F4", CultureInfo.InvariantCulture);
        log.WriteLine($"growth over {what}: R² {r2}");
        return [what, $"{x[0]}–{x[^1]}", Format.Seconds(Math.Abs(fixedPart)) + (fixedPart < 0 ? " below 0" : ""), Format.Seconds(Math.Abs(slope)) + " each", r2];
    }

    private NetworkWorkload Network(int? rows = null, int features = 96, int hidden = 96, int layers = 2) => new(
        "growth", rows ?? BaseRows, [features, .. Enumerable.Repeat(hidden, layers), 10], 200, 2, "adam", 1e-3, 1, SyntheticRows.Clusters(4));

    /// <summary>The second epoch: the first one makes the buffers.</summary>
    private double SecondsPerEpoch(NetworkWorkload workload)
    {
        var data = EngineTraining.Dense(workload.Generate(workload));
        var trainer = new MiniBatchTrainer<float>(EngineTraining.Options(workload, threads: 1));
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
