using System.Diagnostics;

namespace EE569.Experiments.Studies;

/// <summary>The cost of a gradient by back-propagation and by finite differences as networks grow.</summary>
internal sealed class GradientCostQuestion : IQuestion
{
    private const string BackPropagation = "back-propagation", Differences = "finite differences";

    private static readonly int[] Widths = [1, 4, 16, 64];

    public Answer Ask(StudyContext context)
    {
        Examples digits = LabeledCsv.ReadShipped("digits.csv");
        Examples batch = new Standardizer(digits.Features).Apply(digits).Subset([.. Enumerable.Range(0, 20)]);
        IReadOnlyList<Cost> costs = context.RunCells(Widths, width => $"gradient-cost-{width}", width => Measure(width, batch), timed: true);
        var table = new Table("gradient-cost", "method", "parameters", new("seconds", "G3"));
        foreach (Cost cost in costs)
        {
            table.Add(BackPropagation, cost.Parameters, cost.Backward);
            table.Add(Differences, cost.Parameters, cost.Numeric);
        }

        double Ratio(Cost cost) => cost.Numeric / cost.Backward;
        string found = FormattableString.Invariant($"{Ratio(costs[0]):F0} times as long at {costs[0].Parameters} parameters, {Ratio(costs[^1]):F0} times at {costs[^1].Parameters}");
        return new Answer(
            VegaLite.Figure(
                "gradient-cost",
                "Why back-propagation and not finite differences?",
                "Seconds for one gradient over the number of parameters, both logarithmic: the line of finite differences is far above and steeper.",
                $"One gradient by central differences takes {found}: it needs two forward passes for every parameter, back-propagation one backward pass for all of them.",
                new LineChart(table, "parameters", "seconds") { LogX = true, LogY = true, Points = true, Color = VegaLite.Series("method", [BackPropagation, Differences]) }.Full(height: 240),
                table),
            new Claim("Finite differences fall behind as networks grow", "expected by theory", found, Ratio(costs[^1]) > 2 * Ratio(costs[0])) { IsTiming = true });
    }

    private static Cost Measure(int width, Examples batch)
    {
        Network<double> network = new FeedForward { Inputs = batch.Features.Columns, HiddenLayers = [width], Outputs = batch.Classes.Count, Activation = Activation.Tanh }.Build<double>();
        network.Input.Set(batch.Features.ConvertTo<double>());
        network.Loss.Targets = new Targets<double>(batch.Labels);
        void Backward()
        {
            network.Graph.Forward();
            network.Graph.Backward();
        }

        const int Repeats = 20;
        var clock = new Stopwatch();
        double backward = double.PositiveInfinity;
        for (int i = 0; i < Repeats; i++)
        {
            clock.Restart();
            Backward();
            backward = Math.Min(backward, clock.Elapsed.TotalSeconds);
        }

        clock.Restart();
        network.Graph.GradientCheck();
        return new Cost(network.ParameterCount, backward, clock.Elapsed.TotalSeconds);
    }

    private sealed record Cost(int Parameters, double Backward, double Numeric);
}
