using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Report;
using EE569.Engine.Kernels;

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

    public Section Run()
    {
        var table = new MarkdownTable(
            "layer", "rows x inputs x outputs", "product", "1 thread, GFLOP/s", "share of peak", "OpenBLAS, 1 thread", "ratio", "2 threads, GFLOP/s", "gain");
        foreach ((string layer, LayerShape shape) in smoke ? _layers[^2..] : _layers)
        {
            Measure(layer, shape, table);
        }

        return new Section(
            "Matrix products",
            $"""
            Single precision; medians of {repetitions} turns of a few milliseconds, in which the peak of the multiply-add units, EE569 and OpenBLAS
            {openBlas?.Version ?? "(not installed)"} alternate; shares and ratios are medians over the turns. Products with
            few operations per number (the output layers, small batches) are bound by memory rather than by arithmetic.

            {table}
            """);
    }

    private void Measure(string layer, LayerShape shape, MarkdownTable table)
    {
        var layerProducts = new LayerProducts(shape);
        Workers two = Workers.Of(2);
        (string Name, Action<Workers> Ours, Action<OpenBlas> Theirs)[] products =
        [
            ("Y = X Wᵀ + b", layerProducts.Forward, layerProducts.Forward),
            ("dW = dYᵀ X", layerProducts.WeightGradient, layerProducts.WeightGradient),
            ("dX = dY W", layerProducts.InputGradient, layerProducts.InputGradient),
        ];
        foreach ((string name, Action<Workers> ours, Action<OpenBlas> theirs) in products)
        {
            List<double> peak = [], one = [], blas = [], both = [];
            openBlas?.SetThreads(1);
            for (int turn = 0; turn < repetitions; turn++)
            {
                peak.Add(FmaPeak.Measure(3));
                one.Add(Gigaflops(layerProducts, () => ours(Workers.Single)));
                blas.Add(openBlas is null ? double.NaN : Gigaflops(layerProducts, () => theirs(openBlas)));
                both.Add(Gigaflops(layerProducts, () => ours(two)));
            }

            Series single = new(one), pair = new(both);
            double share = Series.Ratio(single, new(peak)).Median, gain = Series.Ratio(pair, single).Median;
            Series ratio = Series.Ratio(single, new(blas));
            table.Add(
                layer, $"{shape.Rows} x {shape.Inputs} x {shape.Outputs}", name, Format.Number(single.Median), Format.Percent(share),
                openBlas is null ? "" : Format.Number(new Series(blas).Median), openBlas is null ? "" : ratio.ToString(), Format.Number(pair.Median), Format.Number(gain));
            log.WriteLine($"{layer,-20} {name,-14} {Format.Number(single.Median),5} GFLOP/s, {Format.Percent(share)} of peak, x {ratio} of OpenBLAS, x {Format.Number(gain)} with 2 threads");
            layer = "";
        }
    }

    private double Gigaflops(LayerProducts products, Action product) =>
        products.Flops / products.Seconds(product, milliseconds: smoke ? 1 : 10) / 1e9;
}
