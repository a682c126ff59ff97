namespace EE569.Trainers;

/// <summary>An architecture as the trainers see it: the way from options and data to the engine's description, and from a trained network to its form.</summary>
internal abstract class ArchitectureForm
{
    /// <summary>Describes the network.</summary>
    /// <param name="features">Values per example.</param>
    /// <param name="outputs">Scores per example.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="seed">The seed of all random numbers.</param>
    public abstract Architecture Describe(int features, int outputs, LossFunction loss, ulong seed);

    /// <summary>The form of a trained network: one, or that of each member of an ensemble, all on the same features stage.</summary>
    public abstract IReadOnlyList<NetworkForm> MembersOf(Network<float> network);

    /// <summary>The parameters with which a training continues that of a model, in the order of <see cref="Network{T}.CopyParameters"/>.</summary>
    /// <param name="model">The model's form.</param>
    /// <param name="wanted">What options and data ask for.</param>
    /// <exception cref="ArgumentException">The model is of another shape.</exception>
    public abstract float[] ParametersOf(NetworkForm model, Architecture wanted);
}
