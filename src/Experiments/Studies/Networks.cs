namespace EE569.Experiments.Studies;

/// <summary>The networks that several studies train.</summary>
internal static class Networks
{
    /// <summary>Logistic regression, started at small random weights.</summary>
    public static Network<float> Logistic(int inputs, int seed, double startDeviation = 0.1) => new FeedForward
    {
        Inputs = inputs,
        Outputs = 1,
        Loss = LossFunction.BinaryCrossEntropy,
        Initializer = Initializers.Normal(startDeviation),
        BiasInitializer = Initializers.Normal(startDeviation),
        Seed = (ulong)seed,
    }.Build<float>();

    /// <summary>The source's network for the circles: 2-10-2, tanh, softmax, weights and biases from Normal(0, 0.3).</summary>
    public static Network<float> CirclesMlp(int seed, int hidden = 10) => new FeedForward
    {
        Inputs = 2,
        HiddenLayers = [hidden],
        Outputs = 2,
        Activation = Activation.Tanh,
        Loss = LossFunction.SoftmaxCrossEntropy,
        Initializer = Initializers.Normal(0.3),
        BiasInitializer = Initializers.Normal(0.3),
        Seed = (ulong)seed,
    }.Build<float>();

    /// <summary>Softmax regression, started at weights from Normal(0, 0.01).</summary>
    public static Network<T> Softmax<T>(int inputs, int classes, int seed)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => new FeedForward
        {
            Inputs = inputs,
            Outputs = classes,
            Loss = LossFunction.SoftmaxCrossEntropy,
            Initializer = Initializers.Normal(0.01),
            BiasInitializer = Initializers.Normal(0.01),
            Seed = (ulong)seed,
        }.Build<T>();
}
