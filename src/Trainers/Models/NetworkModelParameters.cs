namespace EE569.Trainers;

/// <summary>The parameters of a fitted network. Immutable, and safe to share between threads.</summary>
public abstract class NetworkModelParameters
{
    private readonly Network<float> _network;

    /// <param name="form">The network.</param>
    /// <param name="scoring">The loss whose output function turns raw scores into the scorer's values: none for "mean squared error".</param>
    private protected NetworkModelParameters(NetworkForm form, LossFunction scoring)
    {
        Form = form;
        Layers = form.Layers;
        _network = StageNetwork.Build(form, scoring);
    }

    /// <summary>The layers, from the features to the raw score.</summary>
    public IReadOnlyList<DenseLayer> Layers { get; }

    /// <summary>Values that the network reads per example.</summary>
    public int NumberOfFeatures => Form.Features;

    /// <summary>The function after each hidden layer.</summary>
    public Activation Activation => Layers[0].Activation;

    internal NetworkForm Form { get; }

    /// <summary>A scorer with buffers of its own: one per cursor.</summary>
    internal Predictor<float> CreatePredictor() => _network.CreatePredictor();
}
