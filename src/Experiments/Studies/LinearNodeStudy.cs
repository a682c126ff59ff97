namespace EE569.Experiments.Studies;

/// <summary>The linear node worked out by hand: value and gradients.</summary>
internal sealed class LinearNodeStudy : IStudy
{
    private const double Tolerance = 1e-15;

    private static readonly double[] ByHandY = [.6, 1.3, 2.0], ByHandWeights = [.5, 1, -.5, -1, 1, 2], ByHandBias = [.5, -.5, 1], ByHandX = [.4, .5];

    public string Id => "linear-node";

    public string Title => "The linear node, forward and backward";

    public string Question =>
        "One node computes y = A x + b in place of a multiplication and an addition. Are its value and its gradients for A, b and x those worked out by hand?";

    public StudyResult Run(StudyContext context)
    {
        Pass pass = context.RunCells(["pass"], cell => cell, _ => Compute())[0];
        (string Name, double[] ByHand, double[] Here)[] quantities =
        [
            ("y = A x + b", ByHandY, pass.Y),
            ("dA = upstream x^T", ByHandWeights, pass.WeightGradient),
            ("db = upstream", ByHandBias, pass.BiasGradient),
            ("dx = A^T upstream", ByHandX, pass.InputGradient),
        ];
        var table = new Table("linear-node", "quantity", "by hand", "here", new("largest difference", "0.0E+0"));
        foreach ((string name, double[] byHand, double[] here) in quantities)
        {
            table.Add(name, Text(byHand), Text(here), Difference(byHand, here));
        }

        return new StudyResult
        {
            Setting = "A = [[0.1, 0.2], [0.3, 0.4], [0.5, 0.6]], b = [0.1, 0.2, 0.3], x = [1, 2], upstream gradient [0.5, -0.5, 1]; double precision.",
            Tables = [table],
            Figures = [Draw()],
            Claims = [.. quantities.Select(item => new Claim(item.Name, Text(item.ByHand), Text(item.Here), Difference(item.ByHand, item.Here) <= Tolerance))],
        };
    }

    private static Pass Compute()
    {
        (Graph<double> graph, Parameter<double> x, Parameter<double> a, Parameter<double> b, Linear<double> y) = Build();
        graph.Forward();
        graph.Backward(Matrix<double>.FromRows([.5, -.5, 1]));
        return new Pass([.. y.Value.Values], [.. a.Gradient.Values], [.. b.Gradient.Values], [.. x.Gradient.Values]);
    }

    private static (Graph<double> Graph, Parameter<double> X, Parameter<double> A, Parameter<double> B, Linear<double> Y) Build()
    {
        var x = new Parameter<double>("x", Matrix<double>.FromRows([1, 2]));
        var a = new Parameter<double>("A", Matrix<double>.FromRows([.1, .2], [.3, .4], [.5, .6]));
        var b = new Parameter<double>("b", Matrix<double>.FromRows([.1, .2, .3]), ParameterGroup.Biases);
        var y = new Linear<double>(x, a, b) { Name = "y" };
        return (new Graph<double>(y), x, a, b, y);
    }

    private static Figure Draw()
    {
        var chart = new GraphChart();
        Graph<double> graph = Build().Graph;
        chart.Add("The linear node and what it reads", graph);
        return VegaLite.Figure(
            "graph",
            "The graph",
            "Three parameters, x, A and b, with lines to the linear node.",
            $"The node reads {graph.Nodes.Count - 1} values and replaces two operations by one.",
            chart.Drawing(),
            chart.Data);
    }

    private static double Difference(double[] byHand, double[] here) => byHand.Zip(here, (x, y) => Math.Abs(x - y)).Max();

    // Fifteen digits: all that a double holds for certain.
    private static string Text(double[] values) => $"[{string.Join(", ", values.Select(value => value.ToString("G15", CultureInfo.InvariantCulture)))}]";

    private sealed record Pass(double[] Y, double[] WeightGradient, double[] BiasGradient, double[] InputGradient);
}
