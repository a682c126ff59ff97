namespace EE569.Trainers;

/// <summary>One fully connected layer of a fitted network: y = activation(W x + b).</summary>
public sealed class DenseLayer
{
    private readonly float[] _weights;
    private readonly float[] _biases;

    internal DenseLayer(int inputs, int outputs, float[] weights, float[] biases, Activation activation)
    {
        Inputs = inputs;
        Outputs = outputs;
        _weights = weights;
        _biases = biases;
        Activation = activation;
    }

    /// <summary>Values that the layer reads.</summary>
    public int Inputs { get; }

    /// <summary>Units of the layer.</summary>
    public int Outputs { get; }

    /// <summary>W, row by row: outputs x inputs.</summary>
    public ReadOnlyMemory<float> Weights => _weights;

    /// <summary>b: one per unit.</summary>
    public ReadOnlyMemory<float> Biases => _biases;

    /// <summary>The function applied to every unit; identity for the last layer, whose result is the raw score.</summary>
    public Activation Activation { get; }

    /// <summary>The weights that read the features directly where these were read as (x - offset) scale: W' = W diag(scale), b' = b - W' offset.</summary>
    /// <param name="scale">One factor per input.</param>
    /// <param name="offset">One offset per input.</param>
    internal DenseLayer WithInputScaling(ReadOnlySpan<float> scale, ReadOnlySpan<float> offset)
    {
        var weights = (float[])_weights.Clone();
        var biases = (float[])_biases.Clone();
        for (int unit = 0; unit < Outputs; unit++)
        {
            double shift = 0;
            for (int i = 0; i < Inputs; i++)
            {
                ref float weight = ref weights[(unit * Inputs) + i];
                weight *= scale[i];
                shift += (double)weight * offset[i];
            }

            biases[unit] = (float)(biases[unit] - shift);
        }

        return new DenseLayer(Inputs, Outputs, weights, biases, Activation);
    }

    /// <summary>y = x.</summary>
    internal static DenseLayer Identity(int width) =>
        new(width, width, [.. Enumerable.Range(0, width * width).Select(i => i / width == i % width ? 1f : 0)], new float[width], Activation.Identity);

    /// <summary>A layer of zeros with as many outputs, and other inputs.</summary>
    internal DenseLayer OfWidth(int inputs) => new(inputs, Outputs, new float[inputs * Outputs], new float[Outputs], Activation);

    /// <summary>The layer with another function.</summary>
    internal DenseLayer With(Activation activation) => new(Inputs, Outputs, _weights, _biases, activation);

    /// <summary>The layer whose outputs are these in another order.</summary>
    /// <param name="order">The output of this layer that comes at each place.</param>
    internal DenseLayer WithOutputs(IReadOnlyList<int> order) => new(
        Inputs, Outputs, [.. order.SelectMany(output => _weights.Skip(output * Inputs).Take(Inputs))], [.. order.Select(output => _biases[output])], Activation);

    /// <summary>The layer whose result is scale y + offset: W' = scale W, b' = scale b + offset. For a layer without activation.</summary>
    /// <param name="scale">The factor.</param>
    /// <param name="offset">What is added.</param>
    internal DenseLayer WithOutputScaling(double scale, double offset) => new(
        Inputs, Outputs, [.. _weights.Select(weight => (float)(scale * weight))], [.. _biases.Select(bias => (float)((scale * bias) + offset))], Activation);
}
