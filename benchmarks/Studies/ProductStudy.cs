using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Engine.Kernels.Products;
using EE569.Engine.Parallel;

namespace EE569.Benchmarks.Studies;

/// <summary>The three products of real layers: GFLOP/s, share of the multiply-add peak, and OpenBLAS beside them.</summary>
internal sealed class ProductStudy(OpenBlas? openBlas, int repetitions, bool smoke, TextWriter log)
{
    private static readonly (string Layer, LayerShape Shape)[] _layers =
    [
        ("wide, hidden", new(512, 1024, 1024)),
        ("wide, output", new(512, 1024, 10)),
        ("cifar_shape", new(100, 3072, 10)),
        ("mnist_shape, hidden", new(200, 784, 100)),
        ("mnist_shape, output", new(200, 100, 10)),
        ("tabular, first", new(256, 54, 128)),
        ("tabular, second", new(256, 128, 64)),
        ("batch 10", new(10, 784, 100)),
        ("batch 1", new(1, 784, 100)),
    ];

    public Part Measure() => new(
        "Matrix products",
        $"""
        Single precision; medians of {repetitions} turns of a few milliseconds, in which the peak of the multiply-add units, EE569 and OpenBLAS
        ({openBlas?.Version ?? "not installed"}) alternate; shares and ratios are medians over the turns. Products with
        few operations per number (the output layers, small batches) are bound by memory rather than by arithmetic.
        """,
        ["layer", "rows x inputs x outputs", "product", "1 thread, GFLOP/s", "share of peak", "OpenBLAS, 1 thread", "ratio", "2 threads, GFLOP/s", "gain"],
        [.. (smoke ? _layers[^2..] : _layers).SelectMany(layer => Measure(layer.Layer, layer.Shape))],
        []);

    private IEnumerable<string[]> Measure(string layer, LayerShape shape)
    {
        var products = new LayerProducts(shape);
        Workers two = Workers.Of(2);
        openBlas?.SetThreads(1);
        foreach ((string name, Action<Workers> ours, Action<OpenBlas> theirs) in new (string, Action<Workers>, Action<OpenBlas>)[]
        {
            ("Y = X Wᵀ + b", products.Forward, products.Forward),
            ("dW = dYᵀ X", products.WeightGradient, products.WeightGradient),
            ("dX = dY W", products.InputGradient, products.InputGradient),
        })
        {
            Contender[] contenders =
            [
                Contender("EE569", 1, () => ours(Workers.Single)),
                Contender("EE569", 2, () => ours(two)),
                .. openBlas is null ? Array.Empty<Contender>() : [Contender("OpenBLAS", 1, () => theirs(openBlas))],
            ];
            IReadOnlyDictionary<Contender, Race.Runs> runs = new Race(repetitions, TimeSpan.Zero, TextWriter.Null).Run(contenders);
            Race.Runs one = runs[contenders[0]], both = runs[contenders[1]];
            Race.Runs? blas = openBlas is null ? null : runs[contenders[2]];
            string share = Format.Percent(new Series(one.Seconds.Values.Zip(one.Peak.Values, (seconds, peak) => products.Flops / seconds / 1e9 / peak)).Median);
            log.WriteLine($"{layer,-20} {name,-14} {Gigaflops(one),5} GFLOP/s, {share} of peak, x {blas?.Over(one)} of OpenBLAS, x {one.Over(both)} with 2 threads");
            yield return [
                layer, $"{shape.Rows} x {shape.Inputs} x {shape.Outputs}", name, Gigaflops(one), share, blas is null ? "" : Gigaflops(blas),
                blas is null ? "" : blas.Over(one).ToString(), Gigaflops(both), one.Over(both).ToString(),
            ];
            layer = "";
        }

        Contender Contender(string name, int threads, Action product) => new(name, threads, () => new Outcome(products.Seconds(product, smoke ? 1 : 10), 0));
        string Gigaflops(Race.Runs runs) => Format.Number(products.Flops / runs.Seconds.Median / 1e9);
    }
}
