using System.Diagnostics;

namespace EE569.Experiments.Studies;

/// <summary>Logistic regression built with Linear, and with Multiply and Add.</summary>
internal sealed class LinearEqualsPairStudy : IStudy
{
    private const int Epochs = 50;

    private const string One = "Linear", Two = "Multiply + Add";

    public string Id => "linear-equals-pair";

    public string Title => "One linear node equals the old pair";

    public string Question =>
        "Logistic regression is built once with the linear node and once with Multiply and Add. Do both learn the same, and what does the single node save?";

    public StudyResult Run(StudyContext context)
    {
        Examples examples = GaussianClouds.OfSource.Draw(perClass: context.Choose(500, 1000), context.Options.Seed);
        IReadOnlyList<Trained> runs = context.RunCells([One, Two], cell => cell.Replace(" + ", "-", StringComparison.Ordinal), cell => Train(cell, examples, context), timed: true);
        double difference = runs[0].Losses.Zip(runs[1].Losses, (x, y) => Math.Abs(x - y)).Max();
        var table = new Table("cost", "network", "nodes", new("seconds per epoch", "G3"), new("final loss", "F12"), new("final accuracy", "P2"));
        var curves = new Table("curves", "network", "epoch", "loss", "accuracy");
        foreach (Trained run in runs)
        {
            table.Add(run.Network, run.Nodes, run.SecondsPerEpoch, run.Losses[^1], run.Accuracies[^1]);
            for (int epoch = 0; epoch < Epochs; epoch++)
            {
                curves.Add(run.Network, epoch + 1, run.Losses[epoch], run.Accuracies[epoch]);
            }
        }

        return new StudyResult
        {
            Setting = $"{examples.Count} points of the two Gaussians, {Epochs} epochs, batch 32, learning rate 0.03, double precision, zero start.",
            Tables = [table],
            Figures = [CurvesFigure(curves, difference), GraphFigure(runs)],
            Claims =
            [
                new("The losses are the same at every epoch", "identical", FormattableString.Invariant($"largest difference {difference:0.0E+0}"), difference <= 1e-12),
                new("The accuracies are the same at every epoch", "identical", "compared at every epoch", runs[0].Accuracies.SequenceEqual(runs[1].Accuracies)),
                new("The linear node needs fewer nodes", "fewer", $"{runs[0].Nodes} against {runs[1].Nodes}", runs[0].Nodes < runs[1].Nodes),
            ],
        };
    }

    private static Network<double> Build(string kind)
    {
        var x = new Input<double>(2) { Name = "x" };
        var weights = new Parameter<double>("W", 1, 2);
        var bias = new Parameter<double>("b", 1, 1, ParameterGroup.Biases);
        Node<double> logit = kind == One ? new Linear<double>(x, weights, bias) : new Add<double>(new Multiply<double>(x, weights), bias);
        return new Network<double>(x, logit, new BinaryCrossEntropy<double>(logit));
    }

    private static Trained Train(string kind, Examples examples, StudyContext context)
    {
        var data = new DenseData<double>(examples.Features.ConvertTo<double>(), examples.Labels);
        var options = new TrainingOptions<double>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 32,
            LearningRate = 0.03,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
        };

        // A run of its own beforehand, so that neither network pays for compilation.
        new MiniBatchTrainer<double>(options).Fit(Build(kind), data);
        Network<double> network = Build(kind);
        var clock = Stopwatch.StartNew();
        TrainingResult<double> result = new MiniBatchTrainer<double>(options).Fit(network, data);
        return new Trained(
            kind,
            network.Graph.Nodes.Count,
            clock.Elapsed.TotalSeconds / Epochs,
            [.. result.History.Select(record => record.TrainLoss)],
            [.. result.History.Select(record => record.TrainMetric)]);
    }

    private static Figure CurvesFigure(Table curves, double difference) => VegaLite.Figure(
        "curves",
        "Loss of both networks",
        "Loss over the epochs; the lines of the two networks lie on one another.",
        FormattableString.Invariant($"The two curves differ by at most {difference:0.0E+0} over {Epochs} epochs."),
        new LineChart(curves, "epoch", "loss") { Color = VegaLite.Series("network", [One, Two]) }.Full(),
        curves);

    private static Figure GraphFigure(IReadOnlyList<Trained> runs)
    {
        var chart = new GraphChart();
        foreach (Trained run in runs)
        {
            chart.Add(run.Network, Build(run.Network).Graph);
        }

        string faster = runs[0].SecondsPerEpoch <= runs[1].SecondsPerEpoch ? "less" : "more";
        return VegaLite.Figure(
            "graphs",
            "The two graphs",
            "Two graphs from the inputs to the loss, the first with one operation less.",
            FormattableString.Invariant($"{runs[0].Nodes} nodes against {runs[1].Nodes}; an epoch takes {runs[0].SecondsPerEpoch * 1e3:G3} ms against {runs[1].SecondsPerEpoch * 1e3:G3} ms, {faster} time with the linear node in this run."),
            chart.Drawing(),
            chart.Data);
    }

    private sealed record Trained(string Network, int Nodes, double SecondsPerEpoch, double[] Losses, double[] Accuracies);
}
