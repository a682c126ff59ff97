using System.Diagnostics;
using System.Numerics;
using EE569.Engine.Initializers;
using EE569.Engine.Nodes;
using EE569.Engine.Optimizers;

namespace EE569.Engine;

/// <summary>Describes a fully connected network; <see cref="Build{T}"/> makes it. Without hidden layers it is a linear model.</summary>
public sealed record FeedForward
{
    /// <summary>Number of features, from 1.</summary>
    public required int Inputs { get; init; }

    /// <summary>Widths of the hidden layers, first to last; none by default.</summary>
    public IReadOnlyList<int> HiddenLayers { get; init; } = [];

    /// <summary>Number of outputs: classes for softmax, 1 for a binary or a simple regression problem. Default 1.</summary>
    public int Outputs { get; init; } = 1;

    /// <summary>Activation of the hidden layers. Default <see cref="Activation.ReLU"/>.</summary>
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>Probability to drop a hidden value while training, in [0, 1). Default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>The loss, with its output function. Default <see cref="LossFunction.SoftmaxCrossEntropy"/>.</summary>
    public LossFunction Loss { get; init; } = LossFunction.SoftmaxCrossEntropy;

    /// <summary>Share of a target that is spread over all classes, in [0, 1); not for regression. Default 0.</summary>
    public double LabelSmoothing { get; init; }

    /// <summary>How weights are drawn. Default: He for the rectifiers and GELU, LeCun for SELU, else Glorot uniform; always Glorot in the last layer.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>How biases are drawn. Default zeros.</summary>
    public Initializer BiasInitializer { get; init; } = Initializers.Initializers.Zeros;

    /// <summary>Seed of the weights and the dropout masks. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Builds the network with freshly drawn parameters W1, b1, W2, b2 …; the draws are the same in any precision, up to rounding.</summary>
    /// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
    /// <exception cref="ArgumentException">An option is out of range; the message names it.</exception>
    public Network<T> Build<T>() where T : unmanaged, IFloatingPointIeee754<T>
    {
        Validate();
        var input = new Input<T>(Inputs);
        Node<T> last = input;
        for (int i = 0; i < HiddenLayers.Count; i++)
        {
            last = Layer(last, HiddenLayers[i], i + 1, Initializer ?? HiddenInitializer());
            last = Activate(last);
            last = Dropout == 0 ? last : new Dropout<T>(last, Dropout, SplitMix64.Derive(Seed, 1, (ulong)i).NextUInt64());
        }

        last = Layer(last, Outputs, HiddenLayers.Count + 1, Initializer ?? Initializers.Initializers.GlorotUniform);
        return new Network<T>(input, last, CreateLoss(last));
    }

    private Linear<T> Layer<T>(Node<T> x, int outputs, int number, Initializer initializer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var weights = new Parameter<T>($"W{number}", outputs, x.Width);
        var bias = new Parameter<T>($"b{number}", 1, outputs, ParameterGroup.Biases);
        var random = SplitMix64.Derive(Seed, 0, (ulong)number);
        Fill(weights.Value.Values, initializer, ref random, x.Width, outputs);
        Fill(bias.Value.Values, BiasInitializer, ref random, x.Width, outputs);
        return new Linear<T>(x, weights, bias);
    }

    private static void Fill<T>(Span<T> values, Initializer initializer, ref SplitMix64 random, int fanIn, int fanOut)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        foreach (ref T value in values)
        {
            value = T.CreateTruncating(initializer(ref random, fanIn, fanOut));
        }
    }

    private Node<T> Activate<T>(Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> => Activation switch
    {
        Activation.Identity => x,
        Activation.Sigmoid => new Sigmoid<T>(x),
        Activation.Tanh => new Tanh<T>(x),
        Activation.ReLU => new ReLU<T>(x),
        Activation.LeakyReLU => new LeakyReLU<T>(x),
        Activation.SELU => new SELU<T>(x),
        Activation.GELU => new GELU<T>(x),
        _ => throw new UnreachableException(),
    };

    private Loss<T> CreateLoss<T>(Node<T> scores) where T : unmanaged, IFloatingPointIeee754<T> => Loss switch
    {
        LossFunction.BinaryCrossEntropy => new BinaryCrossEntropy<T>(scores, LabelSmoothing),
        LossFunction.SoftmaxCrossEntropy => new SoftmaxCrossEntropy<T>(scores, LabelSmoothing),
        LossFunction.MeanSquaredError => new MeanSquaredError<T>(scores),
        _ => throw new UnreachableException(),
    };

    private Initializer HiddenInitializer() => Activation switch
    {
        Activation.ReLU or Activation.LeakyReLU or Activation.GELU => Initializers.Initializers.HeNormal,
        Activation.SELU => Initializers.Initializers.LeCunNormal,
        _ => Initializers.Initializers.GlorotUniform,
    };

    private void Validate()
    {
        OptionCheck.Require(Inputs > 0, nameof(Inputs), Inputs, "positive");
        OptionCheck.Require(Outputs > 0, nameof(Outputs), Outputs, "positive");
        foreach (int width in HiddenLayers)
        {
            OptionCheck.Require(width > 0, nameof(HiddenLayers), width, "positive in every layer");
        }

        OptionCheck.Require(Enum.IsDefined(Activation), nameof(Activation), Activation, "a known activation");
        OptionCheck.Require(Enum.IsDefined(Loss), nameof(Loss), Loss, "a known loss");
        OptionCheck.Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "in [0, 1)");
        OptionCheck.Require(LabelSmoothing is >= 0 and < 1, nameof(LabelSmoothing), LabelSmoothing, "in [0, 1)");
        OptionCheck.Require(LabelSmoothing == 0 || Loss != LossFunction.MeanSquaredError, nameof(LabelSmoothing), LabelSmoothing, "0 in regression");
    }
}
