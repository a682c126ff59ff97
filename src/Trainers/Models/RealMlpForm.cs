namespace EE569.Trainers;

/// <summary>RealMLP: waves of every feature beside it, learnt scales of the inputs, and layers whose activations are mixed with the identity.</summary>
/// <param name="options">The options of the architecture; inputs, outputs, loss and seed come from the data and the task.</param>
internal sealed class RealMlpForm(RealMlp options) : TabularForm
{
    public override Architecture Describe(int features, int outputs, LossFunction loss, ulong seed) =>
        options with { Inputs = features, Outputs = outputs, Loss = loss, Seed = seed, Waves = features > MostEmbedded ? 0 : options.Waves };

    public override int BatchSize(long? rows) => Recipes.For<float>(options, rows ?? long.MaxValue).BatchSize;

    private protected override string Shape(Architecture description) => description is RealMlp network
        ? $"{network.Inputs}-{string.Join('-', network.HiddenLayers)}-{network.Outputs} {ActivationOf(network)} with {network.Waves} waves and embeddings of {network.EmbeddingSize}"
        : "of another architecture";

    private protected override IReadOnlyList<NetworkForm> MembersOf(Architecture description, IReadOnlyDictionary<string, Matrix<float>> values, Stage prepared)
    {
        var network = (RealMlp)description;
        Stage last = network.Waves == 0 ? prepared : new Stage.Concatenation(Waves(network, values, prepared), prepared);
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

    /// <summary>y_c = W_c cos(2 pi w_c x_c + p_c) + b_c of every column, as two layers in blocks.</summary>
    private static Stage.Dense Waves(RealMlp network, IReadOnlyDictionary<string, Matrix<float>> values, Stage x)
    {
        var (count, size) = (network.Waves, network.EmbeddingSize);
        float[] angles = new float[x.Width * count * x.Width], weights = new float[x.Width * size * x.Width * count];
        for (int column = 0; column < x.Width; column++)
        {
            for (int wave = 0; wave < count; wave++)
            {
                angles[(((column * count) + wave) * x.Width) + column] = (float)(2 * Math.PI * values["frequencies"][column, wave]);
                for (int output = column * size; output < (column + 1) * size; output++)
                {
                    weights[(output * x.Width * count) + (column * count) + wave] = values["waves"][output, wave];
                }
            }
        }

        var waves = new Stage.Dense(x, Affine(x.Width, angles, values["phases"].Values.ToArray()), StageFunction.Cosine);
        return new(waves, Affine(waves.Width, weights, values["offsets"].Values.ToArray()));
    }
}
