namespace EE569.Trainers;

/// <summary>A fitted network as it is saved, exported and scored.</summary>
/// <param name="Hidden">The stage that the last layer reads.</param>
/// <param name="Top">The last layer, whose results are the raw scores.</param>
internal sealed record NetworkForm(Stage Hidden, DenseLayer Top)
{
    /// <summary>The stages, each behind those that it reads; the features are the first.</summary>
    public IReadOnlyList<Stage> Stages { get; } = InOrder(Hidden);

    /// <summary>How features are prepared, and the stage that has them prepared; null where the network reads them as they are.</summary>
    public (FeatureScaler Scaler, Stage Stage)? Prepared { get; } = FeatureScaler.ReadFrom(InOrder(Hidden));

    /// <summary>The stages behind the features, prepared ones where there is a preparation.</summary>
    public IEnumerable<Stage> LearntStages => Stages.SkipWhile(stage => stage != (Prepared?.Stage ?? Stages[0])).Skip(1);

    /// <summary>The layers that were learnt in the order of the stages, the last layer at the end.</summary>
    public IReadOnlyList<DenseLayer> Layers => [.. LearntStages.OfType<Stage.Dense>().Select(stage => stage.Layer), Top];

    /// <summary>The trained networks, of architectures that cannot be read back from their form or of several; null where that is not needed, or where the form was read from a file.</summary>
    public IReadOnlyList<FittedNetwork>? Origin { get; init; }

    /// <summary>Numbers that a file of ML.NET's transformers holds: dense layers behind factors once for each.</summary>
    public long SavedValues => Stages.OfType<Stage.Dense>().Select(stage => stage.Layer).Append(Top).Sum(layer => (long)layer.Inputs * layer.Outputs);

    /// <summary>How features and label are prepared; null where they are read as they are.</summary>
    public InputPreparation? Preparation => Origin?[0].Preparation ?? (Prepared is { Scaler: var scaler } ? new(scaler, LabelUnit.ReadFrom(this)?.Unit) : null);

    /// <summary>Values that the network reads per example.</summary>
    public int Features => Stages[0].Width;

    /// <summary>One layer behind the other, on the features or a stage that has them prepared.</summary>
    public static NetworkForm Of(IReadOnlyList<DenseLayer> layers, Stage? prepared = null) =>
        new(layers.SkipLast(1).Aggregate(prepared ?? new Stage.Features(layers[0].Inputs), (stage, layer) => new Stage.Dense(stage, layer)), layers[^1]);

    /// <summary>The mean of the predictions of members: softmax for each, their mean, and its logarithm as the scores.</summary>
    /// <param name="members">Networks that read the same features.</param>
    /// <param name="logits">A member's last layer as one with a logit for each class.</param>
    public static (Stage LogMeans, int Classes) LogMean(IReadOnlyList<NetworkForm> members, Func<DenseLayer, DenseLayer> logits)
    {
        var probabilities = new Stage.Concatenation([.. members.Select(member => new Stage.Dense(member.Hidden, logits(member.Top), StageFunction.Softmax))]);
        int classes = probabilities.Inputs[0].Width;
        return (new Stage.Dense(probabilities, Mean(members.Count, classes), StageFunction.Log), classes);
    }

    /// <summary>y = the mean over members of their values.</summary>
    private static DenseLayer Mean(int members, int values)
    {
        var weights = new float[values * members * values];
        for (int member = 0; member < members; member++)
        {
            for (int value = 0; value < values; value++)
            {
                weights[(value * members * values) + (member * values) + value] = 1f / members;
            }
        }

        return new DenseLayer(members * values, values, weights, new float[values], Activation.Identity);
    }

    private static List<Stage> InOrder(Stage last)
    {
        var (order, known) = (new List<Stage>(), new HashSet<Stage>());
        Visit(last);
        return order;

        void Visit(Stage stage)
        {
            if (known.Add(stage))
            {
                foreach (var input in stage.Inputs)
                {
                    Visit(input);
                }

                order.Add(stage);
            }
        }
    }
}
