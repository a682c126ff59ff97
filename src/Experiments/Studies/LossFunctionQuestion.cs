namespace EE569.Experiments.Studies;

/// <summary>Cross-entropy against squared error behind a sigmoid, started from weights that are badly wrong.</summary>
internal sealed class LossFunctionQuestion : IQuestion
{
    private const int Epochs = 40;

    private const string CrossEntropy = "cross-entropy", SquaredError = "squared error";

    public Answer Ask(StudyContext context)
    {
        Examples examples = GaussianClouds.OfSource.Draw(perClass: 300, context.Options.Seed);
        IReadOnlyList<double[]> curves = context.RunCells([CrossEntropy, SquaredError], loss => $"loss-function-{loss.Replace(' ', '-')}", loss => Accuracies(loss, examples, context));
        var table = new Table("loss-function", "loss", "epoch", "accuracy");
        foreach ((string loss, double[] curve) in new[] { CrossEntropy, SquaredError }.Zip(curves))
        {
            for (int epoch = 0; epoch < curve.Length; epoch++)
            {
                table.Add(loss, epoch, curve[epoch]);
            }
        }

        int entropyEpoch = FirstAbove(curves[0]), squaredEpoch = FirstAbove(curves[1]);
        string When(int epoch) => epoch < 0 ? $"not within {Epochs} epochs" : $"after {epoch} epochs";
        return new Answer(
            VegaLite.Figure(
                "loss-function",
                "Cross-entropy or squared error?",
                "Accuracy over the epochs for two losses: cross-entropy rises at once, squared error stays low for long.",
                $"From weights that are confidently wrong, cross-entropy reaches 90 % {When(entropyEpoch)}, squared error {When(squaredEpoch)}. Its gradient carries the factor p (1 - p), which vanishes where the network is surely wrong; cross-entropy's gradient is p - y.",
                new LineChart(table, "epoch", "accuracy") { YFormat = ".0%", Color = VegaLite.Series("loss", [CrossEntropy, SquaredError]) }.Full(height: 220),
                table),
            new Claim("Cross-entropy recovers from a bad start sooner than squared error", "expected by theory", $"{When(entropyEpoch)}; {When(squaredEpoch)}", entropyEpoch >= 0 && (squaredEpoch < 0 || squaredEpoch > entropyEpoch)));
    }

    private static int FirstAbove(double[] curve) => Array.FindIndex(curve, accuracy => accuracy >= 0.9);

    private static double[] Accuracies(string loss, Examples examples, StudyContext context)
    {
        var x = new Input<float>(2);

        // The right direction is about (-1, 1.5): this start points the other way, far out on the sigmoid's flat part.
        var weights = new Parameter<float>("W", Matrix<float>.FromRows([3, -3]));
        var bias = new Parameter<float>("b", 1, 1, ParameterGroup.Biases);
        var logit = new Linear<float>(x, weights, bias);
        Network<float> network;
        if (loss == CrossEntropy)
        {
            network = new Network<float>(x, logit, new BinaryCrossEntropy<float>(logit));
        }
        else
        {
            var probability = new Sigmoid<float>(logit);
            network = new Network<float>(x, probability, new MeanSquaredError<float>(probability));
        }

        var targets = new Matrix<float>(examples.Count, 1, [.. examples.Labels.Select(label => (float)label)]);
        DenseData<float> data = loss == CrossEntropy ? examples.ToData() : new DenseData<float>(examples.Features, targets);
        List<double> accuracies = [Accuracy(network, examples)];
        new MiniBatchTrainer<float>(new TrainingOptions<float>
        {
            NumberOfEpochs = Epochs,
            BatchSize = 30,
            LearningRate = 0.01,
            Seed = (ulong)context.Options.Seed,
            CancellationToken = context.Cancellation,
            EpochCallback = _ => accuracies.Add(Accuracy(network, examples)),
        }).Fit(network, data);
        return [.. accuracies];
    }

    private static double Accuracy(Network<float> network, Examples examples)
    {
        int[][] counts = Confusion.Of(network, examples);
        return (double)(counts[0][0] + counts[1][1]) / examples.Count;
    }
}
