namespace EE569.Engine.Initializers;

/// <summary>The usual ways to draw initial weights. A uniform draw on [-a, a] has variance a^2 / 3.</summary>
public static class Initializers
{
    /// <summary>Always 0: for biases and for linear models, whose loss is convex.</summary>
    public static Initializer Zeros { get; } = (ref SplitMix64 _, int _, int _) => 0;

    /// <summary>Always the same number.</summary>
    /// <param name="value">The number.</param>
    public static Initializer Constant(double value) => (ref SplitMix64 _, int _, int _) => value;

    /// <summary>Normal with variance 2 / (fanIn + fanOut) (Glorot and Bengio, 2010), for sigmoid, tanh and softmax layers.</summary>
    public static Initializer GlorotNormal { get; } = Gaussian((fanIn, fanOut) => 2.0 / (fanIn + fanOut));

    /// <summary>Uniform with variance 2 / (fanIn + fanOut), that is on +-sqrt(6 / (fanIn + fanOut)).</summary>
    public static Initializer GlorotUniform { get; } = Uniform((fanIn, fanOut) => 2.0 / (fanIn + fanOut));

    /// <summary>Normal with variance 2 / fanIn (He et al., 2015), for rectifiers.</summary>
    public static Initializer HeNormal { get; } = Gaussian((fanIn, _) => 2.0 / fanIn);

    /// <summary>Uniform with variance 2 / fanIn, for rectifiers.</summary>
    public static Initializer HeUniform { get; } = Uniform((fanIn, _) => 2.0 / fanIn);

    /// <summary>Normal with variance 1 / fanIn (LeCun et al., 1998), for SELU.</summary>
    public static Initializer LeCunNormal { get; } = Gaussian((fanIn, _) => 1.0 / fanIn);

    /// <summary>Uniform with variance 1 / fanIn, for SELU.</summary>
    public static Initializer LeCunUniform { get; } = Uniform((fanIn, _) => 1.0 / fanIn);

    /// <summary>Uniform on +-1 / sqrt(fanIn), variance 1 / (3 fanIn): PyTorch's default for weights and biases.</summary>
    public static Initializer FanInUniform { get; } = Uniform((fanIn, _) => 1.0 / (3 * fanIn));

    /// <summary>Uniform on [-bound, bound].</summary>
    /// <param name="bound">Largest magnitude.</param>
    public static Initializer UniformWithin(double bound) => Uniform((_, _) => bound * bound / 3);

    /// <summary>Normal with mean 0, whatever the size of the layer.</summary>
    /// <param name="standardDeviation">Standard deviation, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The deviation is negative or not finite.</exception>
    public static Initializer Normal(double standardDeviation)
    {
        if (!(standardDeviation >= 0 && double.IsFinite(standardDeviation)))
        {
            throw new ArgumentOutOfRangeException(nameof(standardDeviation), standardDeviation, "The standard deviation must be finite and not negative.");
        }

        return (ref SplitMix64 random, int _, int _) => standardDeviation * random.NextGaussian();
    }

    private static Initializer Gaussian(Func<int, int, double> variance) =>
        (ref SplitMix64 random, int fanIn, int fanOut) => Math.Sqrt(variance(fanIn, fanOut)) * random.NextGaussian();

    private static Initializer Uniform(Func<int, int, double> variance) =>
        (ref SplitMix64 random, int fanIn, int fanOut) => Math.Sqrt(3 * variance(fanIn, fanOut)) * (2 * random.NextDouble() - 1);
}
