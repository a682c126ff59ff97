namespace EE569.Engine.Networks;

/// <summary>What an <see cref="Architecture"/> connects a network with: the inputs, and parameters that are drawn or given.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class NetworkBuilder<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly ulong _seed;
    private readonly bool _draws;
    private ulong _layers;
    private ulong _dropouts;
    private ulong _parameters;
    private readonly List<(Linear<T> Layer, double Deviation)> _fitted = [];

    internal NetworkBuilder(Architecture architecture, bool draws)
    {
        (_seed, _draws) = (architecture.Seed, draws);
        Input = new Input<T>(architecture.Inputs);
        Ids = architecture.IdCounts.Count == 0 ? null : new IdInput<T>([.. architecture.IdCounts]);
    }

    /// <summary>The features.</summary>
    public Input<T> Input { get; }

    /// <summary>The ids of categories; null if the architecture has no <see cref="Architecture.IdCounts"/>.</summary>
    public IdInput<T>? Ids { get; }

    /// <summary>Creates a parameter, with random numbers of its own.</summary>
    /// <param name="name">The name in messages and drawings.</param>
    /// <param name="rows">Number of rows, the initialiser's fan-out.</param>
    /// <param name="columns">Number of columns, the initialiser's fan-in.</param>
    /// <param name="initializer">How it is drawn.</param>
    /// <param name="group">How training treats it; as weights unless given.</param>
    public Parameter<T> Parameter(string name, int rows, int columns, Initializer initializer, ParameterGroup? group = null)
    {
        var random = SplitMix64.Derive(_seed, 2, ++_parameters);
        var parameter = new Parameter<T>(name, rows, columns, group);
        Draw(parameter, initializer, ref random, columns, rows);
        return parameter;
    }

    /// <summary>Adds a fully connected layer, the n-th one with the parameters Wn and bn.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="outputs">Number of outputs.</param>
    /// <param name="weights">How the weights are drawn.</param>
    /// <param name="biases">How the biases are drawn; zeros unless given.</param>
    /// <param name="scale">A constant that the layer multiplies its weights by, see <see cref="Linear{T}"/>.</param>
    /// <param name="group">How training treats the weights; as <see cref="ParameterGroup.Weights"/> unless given.</param>
    /// <param name="biasGroup">How training treats the biases; as <see cref="ParameterGroup.Biases"/> unless given.</param>
    public Linear<T> Linear(Node<T> x, int outputs, Initializer weights, Initializer? biases = null, double scale = 1, ParameterGroup? group = null, ParameterGroup? biasGroup = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        var random = SplitMix64.Derive(_seed, 0, ++_layers);
        var w = new Parameter<T>($"W{_layers}", outputs, x.Width, group);
        var b = new Parameter<T>($"b{_layers}", 1, outputs, biasGroup ?? ParameterGroup.Biases);
        Draw(w, weights, ref random, x.Width, outputs);
        Draw(b, biases ?? Initializers.Initializers.Zeros, ref random, x.Width, outputs);
        return new Linear<T>(x, w, b, scale);
    }

    /// <summary>
    /// Lets a layer start from data where there are some (<see cref="Architecture.Build{T}(Matrix{T}, Matrix{int})"/>): each output gets a standard
    /// deviation over the rows and a bias that makes it 0 somewhere among them (Holzmüller et al., "Better by default", 2024).
    /// </summary>
    /// <param name="layer">A layer that this builder made.</param>
    /// <param name="deviation">The standard deviation, above 0.</param>
    public Linear<T> StartFromData(Linear<T> layer, double deviation = 1)
    {
        _fitted.Add((layer, deviation));
        return layer;
    }

    /// <summary>Fits the layers of <see cref="StartFromData"/> to rows, one after the other.</summary>
    internal void Fit(Network<T> network, Matrix<T> rows, Matrix<int>? ids)
    {
        network.Input.Set(rows);
        network.Ids?.Set(ids ?? throw new ArgumentException("The network reads ids; give those of the rows.", nameof(ids)));
        var scores = new Graph<T>(network.Output);
        foreach (Node<T> node in scores.Nodes.Where(node => !node.Inputs.IsEmpty))
        {
            node.Prepare();
            node.Forward();
            if (_fitted.FindIndex(fitted => fitted.Layer == node) is >= 0 and int index)
            {
                var random = SplitMix64.Derive(_seed, 3, (ulong)index);
                DataStart.Fit(_fitted[index].Layer, _fitted[index].Deviation, ref random);
                node.Forward();
            }
        }
    }

    /// <summary>Adds dropout with masks of its own; nothing where the rate is 0.</summary>
    /// <param name="x">What to drop from.</param>
    /// <param name="rate">Probability to drop a value, in [0, 1).</param>
    public Node<T> Dropout(Node<T> x, double rate) =>
        rate == 0 ? x : new Dropout<T>(x, rate, SplitMix64.Derive(_seed, 1, _dropouts++).NextUInt64());

    private void Draw(Parameter<T> parameter, Initializer initializer, ref SplitMix64 random, int fanIn, int fanOut)
    {
        if (_draws)
        {
            foreach (ref T value in parameter.Value.Values)
            {
                value = T.CreateTruncating(initializer(ref random, fanIn, fanOut));
            }
        }
    }
}
