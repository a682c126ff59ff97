using EE569.Engine;

namespace EE569.Benchmarks.Workloads;

/// <summary>A training that every contender does with the same data, sizes and hyper-parameters.</summary>
/// <param name="Name">The name in reports and options.</param>
/// <param name="Description">What it is.</param>
/// <param name="Rows">Training examples.</param>
/// <param name="Layers">Widths from the features to the classes.</param>
/// <param name="Activation">Of the hidden layers.</param>
/// <param name="BatchSize">Examples of a step.</param>
/// <param name="Epochs">Passes over the examples.</param>
/// <param name="Optimizer">"sgd" or "adam".</param>
/// <param name="LearningRate">Constant.</param>
/// <param name="L2">lambda of lambda sum W^2.</param>
/// <param name="Target">How many times faster than the best peer it should be.</param>
/// <param name="Peers">Names of the peers that can do it.</param>
/// <param name="Generate">Makes the examples.</param>
internal sealed record NetworkWorkload(
    string Name,
    string Description,
    int Rows,
    int[] Layers,
    Activation Activation,
    int BatchSize,
    int Epochs,
    string Optimizer,
    double LearningRate,
    double L2,
    double Target,
    string[] Peers,
    Func<NetworkWorkload, LabelledRows> Generate)
{
    public int Features => Layers[0];

    public int Classes => Layers[^1];

    public long Steps => (long)Epochs * ((Rows + BatchSize - 1) / BatchSize);

    /// <summary>Floating-point operations of the matrix products: forward, weight gradient, and input gradient but for the first layer.</summary>
    public double ProductFlops
    {
        get
        {
            double perRow = 0;
            for (int layer = 1; layer < Layers.Length; layer++)
            {
                perRow += 2.0 * Layers[layer - 1] * Layers[layer] * (layer == 1 ? 2 : 3);
            }

            return perRow * Rows * Epochs;
        }
    }

    /// <summary>The network with the initial weights that all contenders start from.</summary>
    public Network<float> CreateNetwork() => new FeedForward
    {
        Inputs = Features,
        HiddenLayers = Layers[1..^1],
        Outputs = Classes,
        Activation = Activation,
        Loss = LossFunction.SoftmaxCrossEntropy,
        Seed = 7,
    }.Build<float>();

    /// <summary>The same workload with fewer rows and epochs.</summary>
    public NetworkWorkload Shrink(int rows, int epochs) => this with { Rows = Math.Min(Rows, rows), Epochs = Math.Min(Epochs, epochs) };
}
