namespace EE569.Trainers;

/// <summary>The parameters of a fitted feed-forward network. Immutable, and safe to share between threads.</summary>
public abstract class NetworkModelParameters
{
    private readonly Network<float> _network;

    // A scorer of the loss "mean squared error" gives its output as it is: how LogisticMlp has both score and probability.
    private protected NetworkModelParameters(IReadOnlyList<DenseLayer> layers, LossFunction loss, LossFunction scoring)
    {
        Layers = layers;
        Description = NetworkLayers.Describe(layers, loss);
        _network = (Description with { Loss = scoring }).Build<float>(NetworkLayers.Flatten(layers));
    }

    /// <summary>The layers, from the features to the raw score.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Values that the network reads per example.</summary>
    public int NumberOfFeatures => Layers[0].Inputs;

    /// <summary>The function after each hidden layer.</summary>
    public Activation Activation => Description.Activation;

    internal FeedForward Description { get; }

    /// <summary>A scorer with buffers of its own: one per cursor.</summary>
    internal Predictor<float> CreatePredictor() => _network.CreatePredictor();
}
