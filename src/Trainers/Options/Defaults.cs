namespace EE569.Trainers;

/// <summary>The defaults that both the options and the short overloads of the catalogs state.</summary>
internal static class Defaults
{
    public const string LabelColumnName = "Label";
    public const string FeatureColumnName = "Features";
    public const int BatchSize = 32;
    public const int NetworkEpochs = 300;

    /// <summary>The share of the rows that early stopping sets aside where nothing else is said.</summary>
    public const double ValidationFraction = 0.1;
    public const Activation Activation = Engine.Activations.Activation.ReLU;

    /// <summary>Of the linear trainers, whose loss is convex and whose rate falls to 0.</summary>
    public const double LinearLearningRate = 0.03;

    /// <summary>The usual rate of Adam (Kingma and Ba, 2015).</summary>
    public const double NetworkLearningRate = 0.001;
}
