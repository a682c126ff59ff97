namespace EE569.Trainers;

/// <summary>One layer behind the other.</summary>
/// <param name="options">The options of the architecture; inputs, outputs, loss and seed come from the data and the task.</param>
internal sealed class FeedForwardForm(FeedForward options) : ArchitectureForm
{
    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        options with { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed };

    public override IReadOnlyList<NetworkForm> MembersOf(FittedNetwork fitted)
    {
        var layers = fitted.Network.Parameters.Chunk(2).Select(pair => (W: pair[0].Value, B: pair[1].Value)).ToList();
        return [NetworkForm.Of([.. layers.Select((layer, i) => new DenseLayer(
            layer.W.Columns, layer.W.Rows, layer.W.Values.ToArray(), layer.B.Values.ToArray(), i == layers.Count - 1 ? Activation.Identity : options.Activation))])];
    }

    public override float[] ParametersOf(NetworkForm model, Architecture wanted, int[]? order)
    {
        var layers = (order is null ? model : model with { Top = model.Top.WithOutputs(order) }).Layers;
        string given = model.IsFeedForward
            ? Shape(layers[0].Inputs, [.. layers.Select(layer => layer.Outputs)], layers[0].Activation)
            : "of another architecture";
        string asked = Shape(wanted.Inputs, [.. options.HiddenLayers, wanted.Outputs], options.Activation);
        return given == asked
            ? [.. layers.SelectMany(layer => layer.Weights.ToArray().Concat(layer.Biases.ToArray()))]
            : throw new ArgumentException($"The previous model is a network {given}, but the options and the data ask for {asked}.");
    }

    /// <summary>The widths of the layers, to tell two shapes apart: "4-10-3 tanh".</summary>
    private static string Shape(int inputs, int[] outputs, Activation activation) =>
        string.Join('-', [inputs, .. outputs]) + (outputs.Length == 1 ? "" : $" {activation}");
}
