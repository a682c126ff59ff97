namespace EE569.Trainers.Training;

/// <summary>A model to start from.</summary>
/// <param name="Form">Its layers.</param>
/// <param name="ClassNames">The name of each of its outputs; null where there are no classes, or where it does not name them.</param>
internal sealed record PreviousModel(NetworkForm Form, IReadOnlyList<string>? ClassNames)
{
    /// <summary>Builds a network that is to learn from some data, with the model's weights in the order of its classes.</summary>
    /// <param name="architecture">The architecture.</param>
    /// <param name="description">What the options and the data ask for.</param>
    /// <param name="columns">The columns of the data.</param>
    /// <exception cref="ArgumentException">The model is a network of another shape or of other classes.</exception>
    public Network<float> Build(ArchitectureForm architecture, Architecture description, TrainingColumns columns)
    {
        float[] parameters = architecture.ParametersOf(Form, description, order: null);
        int[]? order = ClassNames is null
            ? null
            : Internals.ClassNames.Map(columns.ClassNames, ClassNames, $"Column '{columns.Label.Name}' of the training data", "the previous model");
        return description.Build<float>(order is null ? parameters : architecture.ParametersOf(Form, description, order));
    }
}
