namespace EE569.Trainers;

/// <summary>An architecture as the trainers see it: the way from options and data to the engine's description, and from a trained network to its form.</summary>
internal abstract class ArchitectureForm
{
    /// <summary>Whether it reads raw features and labels, which are prepared for it.</summary>
    public virtual bool PreparesFeatures => false;

    /// <summary>Whether prepared rows of few non-zeros stay so. If not, they become dense, and some of them tell it how to start.</summary>
    public virtual bool KeepsSparse => false;

    /// <summary>Describes the network.</summary>
    /// <param name="features">Values per example.</param>
    /// <param name="outputs">Scores per example.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="seed">The seed of all random numbers.</param>
    public abstract Architecture Describe(int features, int outputs, LossFunction loss, ulong seed);

    /// <summary>The description with what comes from the training data, such as the edges of an embedding.</summary>
    /// <param name="description">What <see cref="Describe"/> gave.</param>
    /// <param name="sample">Some prepared rows.</param>
    /// <param name="categories">The features that are levels of categories: the first and the number of each.</param>
    /// <param name="previous">The model whose training is continued, from which it comes instead; or null.</param>
    public virtual Architecture Adapt(Architecture description, Matrix<float> sample, IReadOnlyList<(int First, int Count)> categories, NetworkForm? previous) => description;

    /// <summary>Examples per step where the options leave that open.</summary>
    /// <param name="rows">Training rows, or null if they are not counted.</param>
    public virtual int BatchSize(long? rows) => Defaults.BatchSize;

    /// <summary>Passes over the rows where the options leave that open.</summary>
    /// <param name="rows">Training rows, or null if they are not counted.</param>
    /// <param name="batchSize">Examples per step.</param>
    public virtual int NumberOfEpochs(long? rows, int batchSize) => Defaults.NetworkEpochs;

    /// <summary>The form of a trained network: one, or that of each member of an ensemble, all on the same features stage.</summary>
    public abstract IReadOnlyList<NetworkForm> MembersOf(FittedNetwork fitted);

    /// <summary>The parameters with which a training continues that of a model, in the order of <see cref="Network{T}.CopyParameters"/>.</summary>
    /// <param name="model">The model's form.</param>
    /// <param name="wanted">What options and data ask for.</param>
    /// <param name="order">The model's output that comes at each place; null for their own order.</param>
    /// <exception cref="ArgumentException">The model is of another shape.</exception>
    public abstract float[] ParametersOf(NetworkForm model, Architecture wanted, int[]? order);
}
