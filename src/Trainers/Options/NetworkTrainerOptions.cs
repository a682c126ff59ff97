namespace EE569.Trainers;

/// <summary>Options of the feed-forward networks.</summary>
public abstract class NetworkTrainerOptions : EnsembleTrainerOptions
{
    private protected NetworkTrainerOptions() =>
        (LearningRate, NumberOfEpochs, EarlyStopping) = (Defaults.NetworkLearningRate, Defaults.NetworkEpochs, new());

    /// <summary>
    /// Whether features, and in regression the label, are brought to unit scale inside: features minus the median, over the distance of the quartiles, clipped smoothly to ±3; a
    /// missing one (NaN) becomes the median, and an indicator tells it. Default true. False: the features are read as they are, and rows that lack one are skipped.
    /// </summary>
    public bool PrepareData { get; set; } = true;

    /// <summary>The width of each hidden layer, from the features to the output; empty gives a linear model. Default one layer of 256.</summary>
    public IReadOnlyList<int> HiddenLayers { get; set; } = [256];

    /// <summary>The function after every hidden layer. Default <see cref="EE569.Engine.Activations.Activation.ReLU"/>.</summary>
    public Activation Activation { get; set; } = Defaults.Activation;

    /// <summary>The probability that training drops a hidden unit in a step; scoring drops none. Default 0.</summary>
    public double Dropout { get; set; }

    /// <summary>The distribution of the initial weights. Null (the default): He for ReLU and its kin, LeCun for SELU, else Glorot.</summary>
    public Initializer? Initializer { get; set; }

    internal override bool IsEarlyStoppingAsked => EarlyStopping != new EarlyStopping();

    private protected override TrainerOptions Copy()
    {
        var copy = (NetworkTrainerOptions)base.Copy();
        copy.HiddenLayers = HiddenLayers?.ToArray()!;
        return copy;
    }
}
