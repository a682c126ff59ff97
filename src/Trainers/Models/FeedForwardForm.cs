namespace EE569.Trainers;

/// <summary>One layer behind the other, with or without a preparation of features and label.</summary>
/// <param name="options">The options of the architecture; inputs, outputs, loss and seed come from the data and the task.</param>
/// <param name="prepares">Whether features and label are prepared.</param>
internal class FeedForwardForm(FeedForward options, bool prepares) : ArchitectureForm
{
    public override bool PreparesFeatures => prepares;

    public override bool KeepsSparse => true;

    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        options with { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed };

    public override IReadOnlyList<NetworkForm> MembersOf(FittedNetwork fitted)
    {
        var layers = fitted.Network.Parameters.Chunk(2).Select(pair => (W: pair[0].Value, B: pair[1].Value)).ToList();
        var form = NetworkForm.Of(
            [.. layers.Select((layer, i) => new DenseLayer(
                layer.W.Columns, layer.W.Rows, layer.W.Values.ToArray(), layer.B.Values.ToArray(), i == layers.Count - 1 ? Activation.Identity : options.Activation))],
            fitted.Preparation?.Features.ToStage());
        return [fitted.Preparation?.Label?.Apply(form) ?? form];
    }

    public override float[] ParametersOf(NetworkForm model, Architecture wanted, int[]? order)
    {
        var (hidden, top) = LabelUnit.ReadFrom(model) is { } learnt ? (learnt.Hidden, learnt.Top) : (model.Hidden, model.Top);
        var form = new NetworkForm(hidden, order is null ? top : top.WithOutputs(order));
        var layers = form.Layers;
        string given = form.LearntStages.All(stage => stage is Stage.Dense { Function.Activation: not null })
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
