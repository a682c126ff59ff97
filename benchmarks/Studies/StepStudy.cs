using EE569.Benchmarks.Machine;
using EE569.Benchmarks.Peers;
using EE569.Benchmarks.Report;
using EE569.Benchmarks.Workloads;
using EE569.Engine.Kernels;

namespace EE569.Benchmarks.Studies;

/// <summary>Where the time of a step goes: in the matrix products, as measured on their own, or elsewhere; and what a second thread gains.</summary>
internal sealed class StepStudy(int repetitions, TextWriter log)
{
    private readonly List<Verdict> _verdicts = [];

    public Section Run(IEnumerable<NetworkWorkload> workloads)
    {
        var table = new MarkdownTable(
            "workload", "step, 1 thread", "its products on their own", "the rest", "GFLOP/s", "share of peak", "best share", "gain of 2 threads (range)");
        foreach (NetworkWorkload workload in workloads)
        {
            Measure(workload, table);
        }

        return new Section(
            "Where the time goes",
            $"""
            EE569 alone, trainings on 1 and on 2 threads in turn, {repetitions} times, with the multiply-add peak measured before each. "Its products on their
            own" sums the forward and backward products of the layers, each in a loop with its data at hand; the rest is what a step does besides:
            gathering the shuffled rows, activations, loss and metric, the update - and caches that a loop does not empty. GFLOP/s and shares count the
            products' operations over the whole time of the training.

            {table}
            """,
            Verdicts: _verdicts);
    }

    private void Measure(NetworkWorkload workload, MarkdownTable table)
    {
        using var contender = new EngineContender();
        using var prepared = new PreparedWorkload(workload);
        contender.Train(prepared, 1);
        List<double> one = [], two = [], shares = [];
        for (int repetition = 0; repetition < repetitions; repetition++)
        {
            double peak = FmaPeak.Measure();
            one.Add(contender.Train(prepared, 1).Seconds);
            two.Add(contender.Train(prepared, 2).Seconds);
            shares.Add(workload.ProductFlops / one[^1] / 1e9 / peak);
        }

        Series seconds = new(one), gain = Series.Ratio(seconds, new Series(two));
        double step = seconds.Median / workload.Steps, products = ProductSeconds(workload);
        double gigaflops = workload.ProductFlops / seconds.Median / 1e9;
        if (workload.Name == "wide")
        {
            Series share = new(shares);
            _verdicts.Add(new Verdict("wide: share of the multiply-add peak, 1 thread", "80 %", $"{Format.Percent(share.Median)} ({Format.Percent(share.Minimum)}–{Format.Percent(share.Maximum)})", share.Median >= 0.8));
            _verdicts.Add(new Verdict("wide: gain of 2 threads", "1.8 x", $"{gain} x", gain.Median >= 1.8));
        }

        table.Add(
            workload.Name, Format.Seconds(step), Format.Seconds(products), Format.Percent(1 - (products / step)), Format.Number(gigaflops),
            Format.Percent(new Series(shares).Median), Format.Percent(new Series(shares).Maximum), gain.ToString());
        log.WriteLine($"{workload.Name,-12} step {Format.Seconds(step)}, products {Format.Seconds(products)}, {Format.Percent(new Series(shares).Median)} of peak (best {Format.Percent(new Series(shares).Maximum)}), 2 threads x {gain}");
    }

    private static double ProductSeconds(NetworkWorkload workload)
    {
        double seconds = 0;
        for (int layer = 1; layer < workload.Layers.Length; layer++)
        {
            var products = new LayerProducts(new LayerShape(workload.BatchSize, workload.Layers[layer - 1], workload.Layers[layer]));
            seconds += products.Seconds(products.Forward) + products.Seconds(products.WeightGradient);
            seconds += layer == 1 ? 0 : products.Seconds(products.InputGradient);
        }

        return seconds;
    }
}
