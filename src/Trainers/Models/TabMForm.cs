namespace EE569.Trainers;

/// <summary>The ensemble TabM: members that share an embedding of the features and, in its mini form, all layers but factors of the input and the last one.</summary>
/// <param name="options">The options of the architecture; inputs, outputs, loss, seed and edges come from the data and the task.</param>
/// <param name="bins">The most pieces of a feature's embedding.</param>
internal sealed class TabMForm(TabM options, int bins) : TabularForm
{
    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        options with { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed };

    public override Architecture Adapt(Architecture description, Matrix<float> sample, IReadOnlyList<(int First, int Count)> categories, NetworkForm? previous) =>
        (TabM)description with { Edges = previous?.Origin?[0].Description is TabM known ? known.Edges : EdgesOf(sample) };

    public override int BatchSize(long? rows) => Recipes.For<float>(options, rows ?? long.MaxValue).BatchSize;

    private double[][]? EdgesOf(Matrix<float> sample) => QuantileBins.Find(sample, bins) is var edges && edges.Count(own => own.Length > 0) <= MostEmbedded ? edges : null;

    private protected override string Shape(Architecture description) => description is TabM tabM
        ? $"{tabM.Inputs}-{string.Join('-', tabM.HiddenLayers)}-{tabM.Outputs} of {tabM.NumberOfMembers} {(tabM.IsFull ? "full" : "mini")} members with embeddings of {tabM.EmbeddingSize}"
        : "of another architecture";

    private protected override IReadOnlyList<NetworkForm> MembersOf(Architecture description, IReadOnlyDictionary<string, Matrix<float>> values, Stage prepared)
    {
        var tabM = (TabM)description;
        var (embedded, order) = Embed(tabM, values, prepared);
        DenseLayer[] shared = tabM.IsFull ? [] : [.. tabM.HiddenLayers.Select((_, i) => LayerOf(i == 0 ? Ordered(values["W1"]) : values[$"W{i + 1}"], values[$"b{i + 1}"].Values))];
        Matrix<float> heads = values["heads"], biases = values["head biases"], factors = Ordered(values["r0"]);
        return [.. Enumerable.Range(0, tabM.NumberOfMembers).Select(member => new NetworkForm(
            tabM.HiddenLayers.Select((_, i) => tabM.IsFull ? FullLayer(values, i == 0 ? Ordered(values["W1"]) : values[$"W{i + 1}"], i, member) : shared[i])
                .Aggregate((Stage)new Stage.Scale(embedded, new float[embedded.Width], factors.Row(member).ToArray()), (stage, layer) => new Stage.Dense(stage, layer)),
            Affine(heads.Columns, heads.Slice(member * tabM.Outputs, tabM.Outputs).Values.ToArray(), biases.Row(member).ToArray())))];

        Matrix<float> Ordered(Matrix<float> rows) => Matrix<float>.FromRows([.. Enumerable.Range(0, rows.Rows).Select(row => order.Select(column => rows[row, column]).ToArray())]);
    }

    private static DenseLayer LayerOf(Matrix<float> weights, ReadOnlySpan<float> biases) => new(weights.Columns, weights.Rows, weights.Values.ToArray(), biases.ToArray(), Activation.ReLU);

    /// <summary>y = s (W (r x)) + b as W' = diag(s) W diag(r); the first r stands before the layers already.</summary>
    private static DenseLayer FullLayer(IReadOnlyDictionary<string, Matrix<float>> values, Matrix<float> shared, int layer, int member)
    {
        Matrix<float> weights = shared.Clone(), s = values[$"s{layer + 1}"];
        for (int unit = 0; unit < weights.Rows; unit++)
        {
            for (int i = 0; i < weights.Columns; i++)
            {
                weights[unit, i] *= s[member, unit] * (layer == 0 ? 1 : values[$"r{layer}"][member, i]);
            }
        }

        return LayerOf(weights, values[$"b{layer + 1}"].Row(member));
    }

    // The first piece of a feature has no lower end and the last no upper one: min(z, 1), then min(max(z, 0), 1), then max(z, 0) of
    // z = (x - e_t) / (e_t+1 - e_t). They stand piece after piece, each for all features; where a feature has none of them z is 0.

    /// <summary>The piecewise linear embeddings, then the columns that have none; and where each of these values stands in the network's.</summary>
    private static (Stage Embedded, int[] Order) Embed(TabM tabM, IReadOnlyDictionary<string, Matrix<float>> values, Stage x)
    {
        var edges = tabM.Edges ?? [.. Enumerable.Repeat<double[]>([], x.Width)];
        int[] widths = [.. edges.Select(own => own.Count == 0 ? 1 : tabM.EmbeddingSize)], starts = [.. widths.Select((_, column) => widths.Take(column).Sum())];
        int[] numbers = [.. Enumerable.Range(0, x.Width).Where(column => edges[column].Count > 0)], others = [.. Enumerable.Range(0, x.Width).Except(numbers)];
        List<Stage> parts = [.. Embedded(x, numbers, (some, first) => Embed(tabM, values, some, [.. numbers.Skip(first).Take(some.Width).Select(column => edges[column])], first, numbers.Take(first).Sum(column => edges[column].Count - 1)))];
        if (others.Length > 0)
        {
            parts.Add(Select(x, others));
        }

        return (parts.Count == 1 ? parts[0] : new Stage.Concatenation(parts), [.. numbers.Concat(others).SelectMany(column => Enumerable.Range(starts[column], widths[column]))]);
    }

    /// <summary>The piecewise linear embedding of some columns as one dense layer of them and their pieces.</summary>
    private static Stage.Dense Embed(TabM tabM, IReadOnlyDictionary<string, Matrix<float>> values, Stage x, IReadOnlyList<double>[] edges, int embedded, int piece)
    {
        int longest = edges.Max(own => own.Count - 1), width = x.Width, size = tabM.EmbeddingSize;
        int[] inner = [.. Enumerable.Range(1, Math.Max(0, longest - 2))];
        List<Stage> parts = [x];
        if (longest > 1)
        {
            parts.Add(Pieces(x, StageFunction.Cap, [0], edges));
            if (inner.Length > 0)
            {
                parts.Add(Pieces(new Stage.Concatenation([.. inner.Select(_ => x)]), StageFunction.Clip, inner, edges));
            }

            parts.Add(Pieces(x, StageFunction.Of(Activation.ReLU), [-1], edges));
        }

        var all = new Stage.Concatenation(parts);
        var (weights, biases) = (new Matrix<float>(size * width, all.Width), new float[size * width]);
        for (int feature = 0, output = 0; feature < width; feature++)
        {
            int pieces = edges[feature].Count - 1;
            for (int d = 0; d < size; d++, output++)
            {
                (weights[output, feature], biases[output]) = (values["slopes"][embedded + feature, d], values["offsets"][embedded + feature, d]);
                for (int t = 0; t < pieces; t++)
                {
                    float own = values["pieces"][piece + t, d];
                    if (pieces == 1)
                    {
                        float factor = Factor(edges[feature], 0);
                        weights[output, feature] += own * factor;
                        biases[output] -= own * factor * (float)edges[feature][0];
                    }
                    else
                    {
                        weights[output, t == pieces - 1 ? all.Width - width + feature : ((t + 1) * width) + feature] = own;
                    }
                }
            }

            piece += pieces;
        }

        return new(parts.Count == 1 ? x : all, Affine(all.Width, weights.Values.ToArray(), biases));
    }

    private static Stage.Elementwise Pieces(Stage x, StageFunction function, int[] pieces, IReadOnlyList<double>[] edges)
    {
        var places = pieces.SelectMany(piece => edges.Select(own => (Own: own, Piece: piece < 0 ? own.Count - 2 : piece))).ToList();
        bool[] exists = [.. places.Select((place, i) => pieces[i / edges.Length] is var piece && place.Own.Count > 2 && (piece <= 0 || piece < place.Own.Count - 2))];
        return new(
            new Stage.Scale(x, [.. places.Select((place, i) => exists[i] ? (float)place.Own[place.Piece] : 0)], [.. places.Select((place, i) => exists[i] ? Factor(place.Own, place.Piece) : 0)]),
            function);
    }

    private static float Factor(IReadOnlyList<double> edges, int piece) => 1 / ((float)edges[piece + 1] - (float)edges[piece]);
}
