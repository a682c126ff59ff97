namespace EE569.Trainers;

/// <summary>RealMLP: waves of every feature beside it, learnt scales of the inputs, and layers whose activations are mixed with the identity.</summary>
/// <param name="options">The options of the architecture; inputs, outputs, loss and seed come from the data and the task.</param>
internal sealed class RealMlpForm(RealMlp options) : TabularForm
{
    /// <summary>Categories of more levels get learnt vectors, as the authors have it.</summary>
    private const int MostLevelsAsTheyAre = 9;

    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        options with { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed };

    // One level of two says all where every row has one of them. Waves of two values are a straight line.
    public override Architecture Adapt(Architecture description, Matrix<float> sample, IReadOnlyList<(int First, int Count)> categories, NetworkForm? previous)
    {
        if (previous?.Origin?[0].Description is RealMlp known)
        {
            return (RealMlp)description with { Columns = known.Columns, WaveColumns = known.WaveColumns, Categories = known.Categories };
        }

        var large = categories.Where(category => category.Count > MostLevelsAsTheyAre).ToList();
        int[] plain = [.. Enumerable.Range(0, sample.Columns)
            .Except(large.SelectMany(category => Enumerable.Range(category.First, category.Count)))
            .Except(categories.Where(category => category.Count == 2 && AreOpposite(sample, category.First)).Select(category => category.First + 1))];
        int[] numbers = [.. plain.Where(column => Enumerable.Range(0, sample.Rows).Select(row => sample[row, column]).Distinct().Take(3).Count() == 3)];
        return (RealMlp)description with { Columns = plain, WaveColumns = numbers.Length > MostEmbedded ? [] : numbers, Categories = large };
    }

    private static bool AreOpposite(Matrix<float> sample, int first)
    {
        var pairs = Enumerable.Range(0, sample.Rows).Select(row => (sample[row, first], sample[row, first + 1])).Distinct().Take(3).ToList();
        return pairs.Count == 2 && pairs[0].Item1 != pairs[1].Item1 && pairs[0].Item2 != pairs[1].Item2;
    }

    public override int BatchSize(long? rows) => Recipes.For<float>(options, rows ?? long.MaxValue).BatchSize;

    private protected override string Shape(Architecture description) => description is RealMlp network
        ? $"{network.Inputs}-{string.Join('-', network.HiddenLayers)}-{network.Outputs} {ActivationOf(network)} with {network.Waves} waves and embeddings of {network.EmbeddingSize}{string.Concat(network.Categories.Select(category => $", {category.Count} levels"))}"
        : "of another architecture";

    private protected override IReadOnlyList<NetworkForm> MembersOf(Architecture description, IReadOnlyDictionary<string, Matrix<float>> values, Stage prepared)
    {
        var network = (RealMlp)description;
        List<Stage> parts = network.Waves == 0 ? [] : [.. Embedded(prepared, [.. network.WaveColumns!], (some, first) => Waves(network, values, some, first))];
        if (network.Columns!.Count > 0)
        {
            parts.Add(Select(prepared, network.Columns));
        }

        parts.AddRange(network.Categories.Select((category, i) => Category(prepared, category.First, values[$"category{i + 1}"])));
        Stage last = parts.Count == 1 ? parts[0] : new Stage.Concatenation(parts);
        float[] factors = values["scale"].Values.ToArray();
        for (int i = 1; i <= network.HiddenLayers.Count; i++)
        {
            var affine = new Stage.Dense(last, LayerOf(i));
            last = new Stage.Concatenation(affine, new Stage.Elementwise(affine, StageFunction.Of(ActivationOf(network))));
            // x + a (f(x) - x) = (1 - a) x + a f(x): the next layer reads both.
            factors = [.. values[$"a{i}"].Values.ToArray().Select(a => 1 - a), .. values[$"a{i}"].Values];
        }

        return [new(last, LayerOf(network.HiddenLayers.Count + 1))];

        // The layer in NTK form, W / sqrt(inputs), that reads its inputs times the factors.
        DenseLayer LayerOf(int layer)
        {
            Matrix<float> w = values[$"W{layer}"];
            var weights = new float[w.Rows * factors.Length];
            for (int unit = 0; unit < w.Rows; unit++)
            {
                for (int i = 0; i < factors.Length; i++)
                {
                    weights[(unit * factors.Length) + i] = (float)(w[unit, i % w.Columns] * factors[i] / Math.Sqrt(w.Columns));
                }
            }

            return Affine(factors.Length, weights, values[$"b{layer}"].Values.ToArray());
        }
    }

    private static Activation ActivationOf(RealMlp network) =>
        network.Activation ?? (network.Loss == LossFunction.MeanSquaredError ? Activation.Mish : Activation.SELU);

    /// <summary>y_c = W_c cos(2 pi w_c x_c + p_c) + b_c of some columns, as two layers in blocks.</summary>
    /// <param name="network">The architecture.</param>
    /// <param name="values">The parameters by name.</param>
    /// <param name="x">The columns.</param>
    /// <param name="first">Which of those with waves is the first of them.</param>
    private static Stage.Dense Waves(RealMlp network, IReadOnlyDictionary<string, Matrix<float>> values, Stage x, int first)
    {
        var (count, size) = (network.Waves, network.EmbeddingSize);
        float[] angles = new float[x.Width * count * x.Width], weights = new float[x.Width * size * x.Width * count];
        for (int column = 0; column < x.Width; column++)
        {
            for (int wave = 0; wave < count; wave++)
            {
                angles[(((column * count) + wave) * x.Width) + column] = (float)(2 * Math.PI * values["frequencies"][first + column, wave]);
                for (int output = column * size; output < (column + 1) * size; output++)
                {
                    weights[(output * x.Width * count) + (column * count) + wave] = values["waves"][(first * size) + output, wave];
                }
            }
        }

        var waves = new Stage.Dense(x, Affine(x.Width, angles, values["phases"].Slice(first, x.Width).Values.ToArray()), StageFunction.Cosine);
        return new(waves, Affine(waves.Width, weights, values["offsets"].Slice(first, x.Width).Values.ToArray()));
    }

    /// <summary>The vector of a category's level.</summary>
    private static Stage.Dense Category(Stage x, int first, Matrix<float> vectors)
    {
        var weights = new Matrix<float>(vectors.Rows, x.Width);
        for (int i = 0; i < vectors.Rows; i++)
        {
            vectors.Row(i).CopyTo(weights.Row(i)[first..]);
        }

        return new(x, Affine(x.Width, weights.Values.ToArray(), new float[vectors.Rows]));
    }
}
