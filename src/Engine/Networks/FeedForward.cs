using System.ComponentModel.DataAnnotations;

namespace EE569.Engine.Networks;

/// <summary>
/// A fully connected network with the parameters W1, b1, W2, b2 … Without hidden layers it is a linear model.
/// </summary>
public sealed record FeedForward : Architecture
{
    /// <summary>Widths of the hidden layers, first to last; none by default.</summary>
    [Required, Range(1, int.MaxValue)]
    public IReadOnlyList<int> HiddenLayers { get; init; } = [];

    /// <summary>Activation of the hidden layers. Default <see cref="Activation.ReLU"/>.</summary>
    [EnumDataType(typeof(Activation))]
    public Activation Activation { get; init; } = Activation.ReLU;

    /// <summary>Probability to drop a hidden value while training, in [0, 1). Default 0.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; }

    /// <summary>How weights are drawn. Default: He for the rectifiers, GELU and Mish, LeCun for SELU, else Glorot uniform; always Glorot in the last layer.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>How biases are drawn. Default zeros.</summary>
    [Required]
    public Initializer BiasInitializer { get; init; } = Initializers.Initializers.Zeros;

    /// <inheritdoc/>
    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        Node<T> last = builder.Input;
        foreach (int width in HiddenLayers)
        {
            last = builder.Linear(last, width, Initializer ?? HiddenInitializer(), BiasInitializer);
            last = builder.Dropout(Activation.Apply(last), Dropout);
        }

        return builder.Linear(last, Outputs, Initializer ?? Initializers.Initializers.GlorotUniform, BiasInitializer);
    }

    /// <inheritdoc/>
    protected override void Validate()
    {
        base.Validate();
        OptionCheck.Require(IdCounts.Count == 0, nameof(IdCounts), IdCounts.Count, "empty, as a feed-forward network reads no ids");
    }

    private Initializer HiddenInitializer() => Activation switch
    {
        Activation.ReLU or Activation.LeakyReLU or Activation.GELU or Activation.Mish => Initializers.Initializers.HeNormal,
        Activation.SELU => Initializers.Initializers.LeCunNormal,
        _ => Initializers.Initializers.GlorotUniform,
    };
}
