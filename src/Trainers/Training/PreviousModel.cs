namespace EE569.Trainers.Training;

/// <summary>A model to start from.</summary>
/// <param name="Layers">Its layers.</param>
/// <param name="ClassNames">The name of each of its outputs; null where there are no classes, or where it does not name them.</param>
internal sealed record PreviousModel(IReadOnlyList<DenseLayer> Layers, IReadOnlyList<string>? ClassNames)
{
    /// <summary>Builds a network that is to learn from some data, with the model's weights in the order of its classes.</summary>
    /// <param name="description">What the options and the data ask for.</param>
    /// <param name="columns">The columns of the data.</param>
    /// <exception cref="ArgumentException">The model is a network of another shape or of other classes.</exception>
    public Network<float> Build(FeedForward description, TrainingColumns columns)
    {
        string wanted = NetworkLayers.Shape(description);
        string given = NetworkLayers.Shape(NetworkLayers.Describe(Layers, description.Loss));
        if (wanted != given)
        {
            throw new ArgumentException($"The previous model is a network {given}, but the options and the data ask for {wanted}.");
        }

        int[]? order = ClassNames is null
            ? null
            : Reading.ClassNames.Map(columns.ClassNames, ClassNames, $"Column '{columns.Label.Name}' of the training data", "the previous model");
        return description.Build<float>(NetworkLayers.Flatten(order is null ? Layers : [.. Layers.SkipLast(1), Layers[^1].WithOutputs(order)]));
    }
}
