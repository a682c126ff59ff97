using System.ComponentModel.DataAnnotations;
using static EE569.Engine.Initializers.Initializers;

namespace EE569.Engine.Networks;

// RealMLP-TD of Holzmüller, Grinsztajn, Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", NeurIPS 2024.
// Departures: label smoothing is 0 unless set (the paper's 0.1 is for the class error); the last, smaller batch of an epoch is used, not dropped;
// the data-driven start and its random rows come from the rows given to Build, a sample; Build() without rows starts with weights of variance 1
// and biases 0. Columns that the caller names get no waves (of two values they would be a straight line). A category of many levels comes as columns of its levels and not
// as a number: its vectors are a product with them; their start has the paper's variance for columns of 0 and 1.66, which RobustScale makes of 0 and 1. Where one output serves two classes (BinaryCrossEntropy) it stands for the difference of the paper's two: their steps add up, so its
// rate is twice theirs, its decay for each unit of rate half, and its start has the deviation sqrt(2) of a difference.

/// <summary>
/// The tabular network RealMLP: a wave embedding of every feature, a learnt scale for every input, layers in "neural tangent" form with
/// parametric activations. Features should be prepared by <see cref="RobustScale"/>; train it with <see cref="Recipes"/>.
/// </summary>
public sealed record RealMlp : Architecture
{
    private static readonly ParameterGroup Scales = new() { LearningRateFactor = 6, DecayFactor = 6 };
    private static readonly ParameterGroup Embeddings = new() { LearningRateFactor = 0.1, DecayFactor = 0.1 };
    private static readonly ParameterGroup LayerBiases = new() { LearningRateFactor = 0.1, DecayFactor = 0, L1Factor = 0, L2Factor = 0 };
    private static readonly ParameterGroup ActivationFactors = new() { LearningRateFactor = 0.1, DecayFactor = 0.1, L1Factor = 0, L2Factor = 0 };

    private static readonly ParameterGroup DifferenceWeights = new() { LearningRateFactor = 2, DecayFactor = 0.5 };
    private static readonly ParameterGroup DifferenceBiases = LayerBiases with { LearningRateFactor = 0.2 };

    /// <summary>Widths of the hidden layers, first to last. Default three of 256.</summary>
    [Required, Range(1, int.MaxValue)]
    public IReadOnlyList<int> HiddenLayers { get; init; } = [256, 256, 256];

    /// <summary>Activation of the hidden layers. Default <see cref="Activation.SELU"/> for classes, <see cref="Activation.Mish"/> in regression.</summary>
    [EnumDataType(typeof(Activation))]
    public Activation? Activation { get; init; }

    /// <summary>Probability to drop a hidden value while training, in [0, 1). Default 0.15.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; } = 0.15;

    /// <summary>Number of waves of each feature; 0 leaves the embedding out. Default 16.</summary>
    [Range(0, int.MaxValue)]
    public int Waves { get; init; } = 16;

    /// <summary>Numbers that a feature's waves are mapped to, beside the feature itself. Default 3.</summary>
    [Range(1, int.MaxValue)]
    public int EmbeddingSize { get; init; } = 3;

    /// <summary>The features that enter as they are. Null, the default: all that are not of <see cref="Categories"/>.</summary>
    public IReadOnlyList<int>? Columns { get; init; }

    /// <summary>The features that get waves. Null, the default: those of <see cref="Columns"/>.</summary>
    public IReadOnlyList<int>? WaveColumns { get; init; }

    /// <summary>Features that are the levels of a category, one of which is not 0: the first and their number. Each category becomes a learnt vector of <see cref="IdEmbeddingSize"/>. Default none.</summary>
    public IReadOnlyList<(int First, int Count)> Categories { get; init; } = [];

    /// <summary>Standard deviation of the waves' frequencies at the start, in turns for each unit of the feature, above 0. Default 0.1.</summary>
    [Range(0, double.MaxValue, MinimumIsExclusive = true)]
    public double FrequencyScale { get; init; } = 0.1;

    /// <summary>Length of the vector of each id of <see cref="Architecture.IdCounts"/> and of each of <see cref="Categories"/>. Default 8.</summary>
    [Range(1, int.MaxValue)]
    public int IdEmbeddingSize { get; init; } = 8;

    /// <inheritdoc/>
    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        List<Node<T>> parts = [];
        if (Waves > 0 && (WaveColumns?.Count ?? PlainColumns.Length) > 0)
        {
            parts.Add(Embed(builder, Select(builder.Input, WaveColumns ?? PlainColumns)));
        }

        if (PlainColumns.Length > 0)
        {
            parts.Add(Select(builder.Input, PlainColumns));
        }

        for (int i = 0; i < Categories.Count; i++)
        {
            (int first, int count) = Categories[i];
            parts.Add(new Multiply<T>(Select(builder.Input, [.. Enumerable.Range(first, count)]), builder.Parameter($"category{i + 1}", IdEmbeddingSize, count, Normal(0.6))));
        }

        if (builder.Ids is { } ids)
        {
            parts.Add(new Embedding<T>(ids, builder.Parameter("E", IdCounts.Sum(), IdEmbeddingSize, Normal(1))));
        }

        Node<T> last = parts.Count == 1 ? parts[0] : new Concatenate<T>([.. parts]);
        last = new Scale<T>(last, builder.Parameter("scale", 1, last.Width, Constant(1), Scales));
        for (int i = 0; i < HiddenLayers.Count; i++)
        {
            last = Layer(builder, last, HiddenLayers[i], ParameterGroup.Weights, LayerBiases, 1);
            Node<T> activated = (Activation ?? (Loss == LossFunction.MeanSquaredError ? Activations.Activation.Mish : Activations.Activation.SELU)).Apply(last);
            last = new ParametricActivation<T>(last, activated, builder.Parameter($"a{i + 1}", 1, last.Width, Constant(1), ActivationFactors));
            last = builder.Dropout(last, Dropout);
        }

        return Loss == LossFunction.BinaryCrossEntropy
            ? Layer(builder, last, Outputs, DifferenceWeights, DifferenceBiases, Math.Sqrt(2))
            : Layer(builder, last, Outputs, ParameterGroup.Weights, LayerBiases, 1);
    }

    /// <inheritdoc/>
    protected override void Validate()
    {
        base.Validate();
        OptionCheck.Require(
            Categories.All(category => category.First >= 0 && category.Count > 0 && category.First + category.Count <= Inputs), nameof(Categories), string.Join(", ", Categories), $"among {Inputs} features");
        OptionCheck.Require(PlainColumns.Length + Categories.Count > 0, nameof(Columns), "empty", "at least one where there are no categories");
    }

    private int[] PlainColumns =>
        [.. Columns ?? Enumerable.Range(0, Inputs).Where(column => !Categories.Any(category => column >= category.First && column < category.First + category.Count))];

    private Node<T> Select<T>(Input<T> input, IReadOnlyList<int> columns) where T : unmanaged, IFloatingPointIeee754<T> =>
        columns.SequenceEqual(Enumerable.Range(0, Inputs)) ? input : new Columns<T>(input, columns);

    private PeriodicEmbedding<T> Embed<T>(NetworkBuilder<T> builder, Node<T> x) where T : unmanaged, IFloatingPointIeee754<T> => new(
        x,
        builder.Parameter("frequencies", x.Width, Waves, Normal(FrequencyScale), Embeddings),
        builder.Parameter("phases", x.Width, Waves, UniformWithin(Math.PI), Embeddings),
        builder.Parameter("waves", x.Width * EmbeddingSize, Waves, FanInUniform, Embeddings),
        builder.Parameter("offsets", x.Width, EmbeddingSize, UniformWithin(1 / Math.Sqrt(Waves)), Embeddings));

    /// <summary>A layer y = x W^T / sqrt(inputs) + b whose outputs start with a standard deviation, on the training rows where there are some.</summary>
    private static Linear<T> Layer<T>(NetworkBuilder<T> builder, Node<T> x, int outputs, ParameterGroup weights, ParameterGroup biases, double deviation)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        builder.StartFromData(builder.Linear(x, outputs, Normal(deviation), Zeros, 1 / Math.Sqrt(x.Width), weights, biases), deviation);
}
