namespace EE569.Trainers;

/// <summary>Between an engine network, whose parameters are W1, b1, W2, b2 …, and the layers of a model.</summary>
internal static class NetworkLayers
{
    public static DenseLayer[] Of(Network<float> network, Activation hidden)
    {
        var parameters = network.Parameters;
        var layers = new DenseLayer[parameters.Count / 2];
        for (int i = 0; i < layers.Length; i++)
        {
            var weights = parameters[2 * i].Value;
            var biases = parameters[(2 * i) + 1].Value;
            var activation = i == layers.Length - 1 ? Activation.Identity : hidden;
            layers[i] = new DenseLayer(weights.Columns, weights.Rows, weights.Values.ToArray(), biases.Values.ToArray(), activation);
        }

        return layers;
    }

    /// <summary>The layers' parameters in the order of <see cref="Network{T}.Parameters"/>.</summary>
    public static float[] Flatten(IEnumerable<DenseLayer> layers) =>
        [.. layers.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Biases.ToArray()))];

    /// <summary>The description that rebuilds the network of these layers.</summary>
    public static FeedForward Describe(IReadOnlyList<DenseLayer> layers, LossFunction loss) => new()
    {
        Inputs = layers[0].Inputs,
        HiddenLayers = [.. layers.SkipLast(1).Select(layer => layer.Outputs)],
        Outputs = layers[^1].Outputs,
        Activation = layers[0].Activation,
        Loss = loss,
    };

    /// <summary>The widths of the layers, to tell two shapes apart: "4-10-3 tanh".</summary>
    public static string Shape(FeedForward network) =>
        string.Join('-', [network.Inputs, .. network.HiddenLayers, network.Outputs]) + (network.HiddenLayers.Count == 0 ? "" : $" {network.Activation}");
}
