using System.ComponentModel.DataAnnotations;
using static EE569.Engine.Initializers.Initializers;

namespace EE569.Engine.Networks;

// TabM of Gorishniy, Kotelnikov, Babenko, "TabM: advancing tabular deep learning with parameter-efficient ensembling", ICLR 2025, with the
// embedding of "On embeddings for numerical features", NeurIPS 2022 (piecewise linear, version B).
// Departures: 16 members of width 256 by default instead of 32 of 512, for a processor; ids of categories may have learnt vectors (the
// authors' are one-hot columns); features come as the caller prepares them (the authors' way is Data.NormalScore, theirs with up to 1,000
// quantiles, a curve between them and a little noise); predictions of a regression may be limited to a range.

/// <summary>
/// The tabular ensemble TabM: k networks that share nearly all weights, each with factors of its own, whose predictions are averaged. In the
/// "mini" form, the default, the members differ in factors of the input and in the last layer; in the full form (BatchEnsemble) in factors
/// before and behind every layer. Train it with <see cref="Recipes"/>.
/// </summary>
public sealed record TabM : Architecture
{
    private static readonly ParameterGroup Undecayed = new() { DecayFactor = 0, L1Factor = 0, L2Factor = 0 };

    /// <summary>Number of members. Default 16.</summary>
    [Range(1, int.MaxValue)]
    public int NumberOfMembers { get; init; } = 16;

    /// <summary>Widths of the hidden layers, first to last. Default two of 256.</summary>
    [Required, Range(1, int.MaxValue)]
    public IReadOnlyList<int> HiddenLayers { get; init; } = [256, 256];

    /// <summary>Whether the members have factors before and behind every layer, and biases, of their own. Default false: the "mini" form.</summary>
    public bool IsFull { get; init; }

    /// <summary>Probability to drop a hidden value while training, in [0, 1). Default 0.1.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Dropout { get; init; } = 0.1;

    /// <summary>
    /// Edges of the pieces of each feature's embedding, such as <see cref="QuantileBins"/> finds; none for a feature that enters as it is, for
    /// instance an indicator. Null, the default, embeds no feature.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<double>>? Edges { get; init; }

    /// <summary>Length of the vector of each embedded feature. Default 16.</summary>
    [Range(1, int.MaxValue)]
    public int EmbeddingSize { get; init; } = 16;

    /// <summary>Length of the vector of each id of <see cref="Architecture.IdCounts"/>. Default 8.</summary>
    [Range(1, int.MaxValue)]
    public int IdEmbeddingSize { get; init; } = 8;

    /// <inheritdoc/>
    protected override Node<T> Connect<T>(NetworkBuilder<T> builder)
    {
        (Node<T> last, List<int> widths) = Represent(builder);
        last = new Scale<T>(last, builder.Parameter("r0", NumberOfMembers, last.Width, InSections(Edges is null ? RandomSign : Normal(1), widths)));
        for (int i = 0; i < HiddenLayers.Count; i++)
        {
            last = builder.Dropout(new ReLU<T>(IsFull ? Full(builder, last, HiddenLayers[i], i) : Mini(builder, last, HiddenLayers[i])), Dropout);
        }

        return new MemberLinear<T>(
            last,
            builder.Parameter("heads", NumberOfMembers * Outputs, last.Width, FanInUniform),
            builder.Parameter("head biases", NumberOfMembers, Outputs, UniformWithin(1 / Math.Sqrt(last.Width)), Undecayed));
    }

    /// <inheritdoc/>
    protected override void Validate()
    {
        base.Validate();
        OptionCheck.Require(Edges is null || Edges.Count == Inputs, nameof(Edges), Edges?.Count, $"null, or one list for each of {Inputs} features");
    }

    /// <summary>What the members share: the features, embedded where they have edges, and the vectors of the ids; and the width of each.</summary>
    private (Node<T> Node, List<int> Widths) Represent<T>(NetworkBuilder<T> builder) where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Node<T> node, List<int> widths) = (builder.Input, [.. Enumerable.Range(0, Inputs).Select(i => Edges is null || Edges[i].Count == 0 ? 1 : EmbeddingSize)]);
        if (Edges is not null && Edges.Count(own => own.Count > 0) is > 0 and int embedded)
        {
            double bound = 1 / Math.Sqrt(EmbeddingSize);
            node = new PiecewiseLinearEmbedding<T>(
                node,
                Edges,
                builder.Parameter("slopes", embedded, EmbeddingSize, UniformWithin(bound), Undecayed),
                builder.Parameter("offsets", embedded, EmbeddingSize, UniformWithin(bound), Undecayed),
                builder.Parameter("pieces", Edges.Sum(own => Math.Max(0, own.Count - 1)), EmbeddingSize, Zeros));
        }

        if (builder.Ids is { } ids)
        {
            node = new Concatenate<T>(node, new Embedding<T>(ids, builder.Parameter("E", IdCounts.Sum(), IdEmbeddingSize, Normal(1))));
            widths.AddRange(IdCounts.Select(_ => IdEmbeddingSize));
        }

        return (node, widths);
    }

    private static Linear<T> Mini<T>(NetworkBuilder<T> builder, Node<T> x, int outputs) where T : unmanaged, IFloatingPointIeee754<T> =>
        builder.Linear(x, outputs, FanInUniform, FanInUniform, biasGroup: Undecayed);

    /// <summary>y_i = s_i (W (r_i x_i)) + b_i; the first r stands before the layers already.</summary>
    private Scale<T> Full<T>(NetworkBuilder<T> builder, Node<T> x, int outputs, int layer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        Node<T> scaled = layer == 0 ? x : new Scale<T>(x, builder.Parameter($"r{layer}", NumberOfMembers, x.Width, Constant(1)));
        var product = new Multiply<T>(scaled, builder.Parameter($"W{layer + 1}", outputs, x.Width, FanInUniform));
        return new(
            product,
            builder.Parameter($"s{layer + 1}", NumberOfMembers, outputs, Constant(1)),
            builder.Parameter($"b{layer + 1}", NumberOfMembers, outputs, EqualRows(UniformWithin(1 / Math.Sqrt(x.Width)), outputs), Undecayed));
    }

    private static double RandomSign(ref SplitMix64 random, int fanIn, int fanOut) => random.NextDouble() < 0.5 ? -1 : 1;

    /// <summary>One draw for each feature of a row, repeated over the feature's width.</summary>
    private static Initializer InSections(Initializer initializer, List<int> widths)
    {
        (int section, int left, double value) = (0, 0, 0);
        return (ref SplitMix64 random, int fanIn, int fanOut) =>
        {
            if (left == 0)
            {
                (value, left, section) = (initializer(ref random, fanIn, fanOut), widths[section], (section + 1) % widths.Count);
            }

            left--;
            return value;
        };
    }

    /// <summary>The same draws in every row.</summary>
    private static Initializer EqualRows(Initializer initializer, int columns)
    {
        (var row, int drawn) = (new double[columns], 0);
        return (ref SplitMix64 random, int fanIn, int fanOut) =>
        {
            int column = drawn++ % columns;
            return drawn <= columns ? row[column] = initializer(ref random, fanIn, fanOut) : row[column];
        };
    }
}
