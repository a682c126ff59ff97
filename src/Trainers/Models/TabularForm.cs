namespace EE569.Trainers;

/// <summary>An architecture for raw tables: features and label are prepared by what is learnt from the training rows, and the form holds the preparation.</summary>
internal abstract class TabularForm : ArchitectureForm
{
    /// <summary>Features beyond which none is embedded: the n-grams of texts would make the first layer as wide as a thousand of them.</summary>
    protected const int MostEmbedded = 512;

    /// <summary>Features that are embedded together: a dense layer of so many is small, one of all would grow with the square of their number.</summary>
    private const int EmbeddedTogether = 16;

    public override bool PreparesFeatures => true;

    public override IReadOnlyList<NetworkForm> MembersOf(FittedNetwork fitted)
    {
        var values = fitted.Network.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Value);
        var members = MembersOf(fitted.Description, values, fitted.Preparation!.Features.ToStage());
        return fitted.Description.Loss == LossFunction.MeanSquaredError ? [.. members.Select(fitted.Preparation.Label!.Apply)] : members;
    }

    public override float[] ParametersOf(NetworkForm model, Architecture wanted, int[]? order)
    {
        if (model.Origin is not [var origin])
        {
            throw new ArgumentException(
                "The previous model was read from a file, which holds what predicts and not all that trains, or it is of another architecture: continue from the transformer that Fit returned, or from a checkpoint.");
        }

        string given = Shape(origin.Description), asked = Shape(wanted);
        if (given != asked)
        {
            throw new ArgumentException($"The previous model is a network {given}, but the options and the data ask for {asked}.");
        }

        Network<float> network = origin.Network.Clone();
        if (order is not null)
        {
            var (weights, biases) = Head(network);
            PermuteOutputs(weights.Value, order, weights.Value.Columns);
            PermuteOutputs(biases.Value, order, 1);
        }

        return network.CopyParameters();
    }

    /// <summary>The forms of the members, whose scores are those that the network learnt.</summary>
    /// <param name="description">The architecture.</param>
    /// <param name="values">The parameters by name.</param>
    /// <param name="prepared">The prepared features.</param>
    private protected abstract IReadOnlyList<NetworkForm> MembersOf(Architecture description, IReadOnlyDictionary<string, Matrix<float>> values, Stage prepared);

    /// <summary>The widths that tell two networks apart, for messages too.</summary>
    private protected abstract string Shape(Architecture description);

    /// <summary>The parameters of the last layer, member after member an output in each row, and its biases.</summary>
    private static (Parameter<float> Weights, Parameter<float> Biases) Head(Network<float> network) => (network.Parameters[^2], network.Parameters[^1]);

    private static void PermuteOutputs(Matrix<float> values, int[] order, int width)
    {
        float[] before = values.Values.ToArray();
        for (int i = 0; i < before.Length / width; i++)
        {
            before.AsSpan(((i - (i % order.Length)) + order[i % order.Length]) * width, width).CopyTo(values.Values[(i * width)..]);
        }
    }

    /// <summary>Embeds some columns, a few at a time.</summary>
    /// <param name="x">All columns.</param>
    /// <param name="columns">Which are embedded.</param>
    /// <param name="embed">From the stage of some of them, and the number of the first, to the stage of their embedding.</param>
    private protected static IEnumerable<Stage> Embedded(Stage x, IReadOnlyList<int> columns, Func<Stage, int, Stage> embed) =>
        columns.Chunk(EmbeddedTogether).Select((some, i) => embed(Select(x, some), i * EmbeddedTogether));

    /// <summary>Some columns.</summary>
    private protected static Stage Select(Stage x, IReadOnlyList<int> columns)
    {
        if (columns.SequenceEqual(Enumerable.Range(0, x.Width)))
        {
            return x;
        }

        float[] chosen = new float[columns.Count * x.Width];
        for (int i = 0; i < columns.Count; i++)
        {
            chosen[(i * x.Width) + columns[i]] = 1;
        }

        return new Stage.Dense(x, Affine(x.Width, chosen, new float[columns.Count]));
    }

    private protected static DenseLayer Affine(int inputs, float[] weights, float[] biases) => new(inputs, biases.Length, weights, biases, Activation.Identity);
}
