using EE569.Engine.Activations;
using EE569.Engine.Losses;
using EE569.Engine.Networks;

namespace EE569.Benchmarks.Workloads;

/// <summary>A training that every contender does with the same data, sizes and hyper-parameters.</summary>
/// <param name="Name">The name in reports and options.</param>
/// <param name="Rows">Training examples.</param>
/// <param name="Layers">Widths from the features to the classes, or to the one number of a regression.</param>
/// <param name="BatchSize">Examples of a step.</param>
/// <param name="Epochs">Passes over the examples.</param>
/// <param name="Optimizer">"sgd" or "adam".</param>
/// <param name="LearningRate">Constant.</param>
/// <param name="Target">How many times faster than the best peer a pipeline should be on one thread.</param>
/// <param name="Generate">Makes the examples.</param>
internal sealed record NetworkWorkload(
    string Name, int Rows, int[] Layers, int BatchSize, int Epochs, string Optimizer, double LearningRate, double Target, Func<NetworkWorkload, LabelledRows> Generate)
{
    /// <summary>Of the hidden layers.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>lambda of lambda sum W^2.</summary>
    public double L2 { get; init; }

    /// <summary>The share of the multiply-add peak that a training should reach on one thread, or null.</summary>
    public double? TargetShare { get; init; }

    /// <summary>What a second thread should gain, or null where steps are too small for two.</summary>
    public double? TargetGain { get; init; } = 1;

    /// <summary>Whether most features are zero, so that rows can be read as sparse ones.</summary>
    public bool IsSparse { get; init; }

    /// <summary>Whether scikit-learn is worth its time.</summary>
    public bool WithScikitLearn { get; init; }

    public int Features => Layers[0];

    public int Classes => Layers[^1];

    public bool IsRegression => Layers[^1] == 1;

    public long Steps => (long)Epochs * ((Rows + BatchSize - 1) / BatchSize);

    /// <summary>Floating-point operations of the matrix products: forward, weight gradient, and input gradient but for the first layer.</summary>
    public double ProductFlops => (double)Rows * Epochs * Enumerable.Range(1, Layers.Length - 1).Sum(i => 2.0 * Layers[i - 1] * Layers[i] * (i == 1 ? 2 : 3));

    /// <summary>One line for tables: sizes and options.</summary>
    public string Description =>
        $"{string.Join('-', Layers)}{(Layers.Length > 2 ? $" {Activation.ToString().ToLowerInvariant()}" : "")}, {Rows:N0} rows, batch {BatchSize}, {Optimizer}, {Epochs} epochs";

    /// <summary>The network with the initial weights that all contenders start from.</summary>
    public Network<float> CreateNetwork() => new FeedForward
    {
        Inputs = Features,
        HiddenLayers = Layers[1..^1],
        Outputs = Classes,
        Activation = Activation,
        Loss = IsRegression ? LossFunction.MeanSquaredError : LossFunction.SoftmaxCrossEntropy,
        Seed = 7,
    }.Build<float>();

    /// <summary>The same workload with fewer rows and epochs.</summary>
    public NetworkWorkload Shrink(int rows, int epochs) => this with { Rows = Math.Min(Rows, rows), Epochs = Math.Min(Epochs, epochs) };
}
