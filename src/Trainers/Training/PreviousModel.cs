namespace EE569.Trainers.Training;

/// <summary>A model to start from.</summary>
/// <param name="Form">Its layers.</param>
/// <param name="ClassNames">The name of each of its outputs; null where there are no classes, or where it does not name them.</param>
internal sealed record PreviousModel(NetworkForm Form, IReadOnlyList<string>? ClassNames)
{
    /// <summary>Checks that a training can go on from it.</summary>
    /// <param name="networks">Networks that the options ask for.</param>
    /// <param name="columns">The columns of the data where features are prepared for the network, which cannot be told from its weights; else null.</param>
    /// <exception cref="ArgumentException">It has another number of networks, or reads another number of features.</exception>
    public void Require(int networks, TrainingColumns? columns)
    {
        if ((Form.Origin?.Count ?? 1) != networks)
        {
            throw new ArgumentException(
                $"The previous model is the mean of {Form.Origin?.Count ?? 1} networks, but the options ask for {networks}: set {nameof(EnsembleTrainerOptions.NumberOfFolds)} and {nameof(EnsembleTrainerOptions.NumberOfNetworks)} as it was trained.");
        }

        if (columns is not null && Form.Features != columns.FeatureCount)
        {
            throw new ArgumentException($"The previous model reads {Form.Features} features, but column '{columns.Features.Name}' has {columns.FeatureCount}.");
        }
    }

    /// <summary>One of its networks as a model.</summary>
    public PreviousModel Member(int network, ArchitectureForm architecture, LearningTask task) => Form.Origin is { Count: > 1 } networks
        ? this with { Form = task.Mean(architecture.MembersOf(networks[network])) with { Origin = [networks[network]] } }
        : this;

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
