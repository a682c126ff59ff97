using System.Numerics;
using System.Text.Json;
using EE569.Engine.Activations;
using EE569.Engine.Losses;
using EE569.Engine.Networks;

namespace EE569.Engine.Tests;

/// <summary>Builds the networks of the reference figures with their parameters.</summary>
internal static class GoldenNetwork
{
    public static Network<T> Build<T>(JsonElement layers, Activation activation, bool isBinary = false) where T : unmanaged, IFloatingPointIeee754<T>
    {
        int[] widths = [.. layers.EnumerateArray().Select(layer => layer.GetProperty("W").GetArrayLength())];
        Network<T> network = new FeedForward
        {
            Inputs = layers[0].GetProperty("W")[0].GetArrayLength(),
            HiddenLayers = widths[..^1],
            Outputs = widths[^1],
            Activation = activation,
            Loss = isBinary ? LossFunction.BinaryCrossEntropy : LossFunction.SoftmaxCrossEntropy,
        }.Build<T>();
        network.RestoreParameters([.. Flatten(layers).Select(T.CreateTruncating)]);
        return network;
    }

    /// <summary>W1, b1, W2, b2 … in one list, the order of the engine.</summary>
    public static double[] Flatten(JsonElement layers) =>
        [.. layers.EnumerateArray().SelectMany(layer => layer.GetProperty("W").Numbers().Concat(layer.GetProperty("b").Numbers()))];

    public static Activation Activation(JsonElement name) => Enum.Parse<Activation>(name.GetString()!, ignoreCase: true);

    /// <summary>All gradients, in the order of <see cref="Network{T}.CopyParameters"/>.</summary>
    public static double[] Gradients(Network<double> network) => [.. network.Parameters.SelectMany(parameter => parameter.Gradient.ToDoubles())];
}
