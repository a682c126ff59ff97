namespace EE569.Engine.Networks;

/// <summary>
/// A graph with the roles training and prediction need: where features enter, where scores leave, how they are judged. It holds the
/// parameters; trainings, evaluations and predictors run on instances of their own, which share the values of the parameters and nothing else.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
public sealed class Network<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Predictor<T>? _predictor;

    /// <summary>Creates a network.</summary>
    /// <param name="input">Where the features enter.</param>
    /// <param name="output">The scores, before the output function.</param>
    /// <param name="loss">The loss on these scores.</param>
    /// <param name="ids">Where the ids of categories enter, if the network reads any.</param>
    /// <exception cref="ArgumentException">The loss does not judge the output, or the output does not depend on an input, or on ids not given here.</exception>
    public Network(Input<T> input, Node<T> output, Loss<T> loss, IdInput<T>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Scores != output)
        {
            throw new ArgumentException($"The loss judges {loss.Scores.Name}, not the output {output.Name}.", nameof(loss));
        }

        (Input, Output, Loss, Ids, Graph) = (input, output, loss, ids, new Graph<T>(loss));
        if (!Graph.Nodes.Contains(input))
        {
            throw new ArgumentException("The output does not depend on the input.", nameof(input));
        }

        if (!Graph.Nodes.OfType<IdInput<T>>().SequenceEqual(ids is null ? [] : [ids]))
        {
            throw new ArgumentException("The ids given are not those that the output depends on; there may be one IdInput.", nameof(ids));
        }

        ParameterCount = Graph.Parameters.Sum(parameter => parameter.Value.Values.Length);
    }

    /// <summary>Where the features enter.</summary>
    public Input<T> Input { get; }

    /// <summary>Where the ids of categories enter; null if the network reads none.</summary>
    public IdInput<T>? Ids { get; }

    /// <summary>The scores, before the output function.</summary>
    public Node<T> Output { get; }

    /// <summary>The loss on the scores, with the output function.</summary>
    public Loss<T> Loss { get; }

    /// <summary>All nodes up to the loss.</summary>
    public Graph<T> Graph { get; }

    /// <summary>The parameters in the order of the nodes: W1, b1, W2, b2 … for a <see cref="FeedForward"/>.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => Graph.Parameters;

    /// <summary>Number of values in all parameters.</summary>
    public int ParameterCount { get; }

    /// <summary>Whether features come as sparse rows when this share of them, or NaN if that is not known, is not 0.</summary>
    internal bool ReadsSparseRows(double density) =>
        Input.DenseConsumer is null && !Graph.Nodes.Any(node => node.Inputs.Contains(Input) && density >= node.DenseFrom);

    /// <summary>All parameters one after another, each row after row.</summary>
    public T[] CopyParameters()
    {
        var values = new T[ParameterCount];
        CopyParametersTo(values);
        return values;
    }

    /// <summary>Copies all parameters, in the order of <see cref="CopyParameters"/>.</summary>
    /// <param name="values">At least <see cref="ParameterCount"/> values.</param>
    public void CopyParametersTo(Span<T> values)
    {
        foreach (Parameter<T> parameter in Parameters)
        {
            Span<T> source = parameter.Value.Values;
            source.CopyTo(values);
            values = values[source.Length..];
        }
    }

    /// <summary>Sets all parameters.</summary>
    /// <param name="values">Values in the order of <see cref="CopyParameters"/>.</param>
    /// <exception cref="ArgumentException">Their number differs from <see cref="ParameterCount"/>.</exception>
    public void RestoreParameters(ReadOnlySpan<T> values)
    {
        if (values.Length != ParameterCount)
        {
            throw new ArgumentException($"The network has {ParameterCount} parameters, got {values.Length} values.", nameof(values));
        }

        foreach (Parameter<T> parameter in Parameters)
        {
            Span<T> target = parameter.Value.Values;
            values[..target.Length].CopyTo(target);
            values = values[target.Length..];
        }
    }

    /// <summary>Predicts rows.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="ids">Rows x id columns, if the network reads ids.</param>
    /// <returns>Rows x outputs: probabilities, or values in regression.</returns>
    public Matrix<T> Predict(Matrix<T> features, Matrix<int>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        var result = new Matrix<T>(features.Rows, Output.Width);
        Predictor.Predict(features, result, ids);
        return result;
    }

    /// <summary>Predicts sparse rows.</summary>
    /// <param name="features">Rows x features.</param>
    /// <param name="ids">Rows x id columns, if the network reads ids.</param>
    /// <returns>Rows x outputs: probabilities, or values in regression.</returns>
    public Matrix<T> Predict(CsrMatrix<T> features, Matrix<int>? ids = null)
    {
        ArgumentNullException.ThrowIfNull(features);
        var result = new Matrix<T>(features.Rows, Output.Width);
        Predictor.Predict(features, result, ids);
        return result;
    }

    /// <summary>Makes a predictor that shares the values of the parameters and owns its buffers: one for every thread.</summary>
    public Predictor<T> CreatePredictor() => new(this);

    /// <summary>A network of its own: the same description with a copy of the parameters.</summary>
    public Network<T> Clone()
    {
        Network<T> copy = CreateInstance();
        foreach (Parameter<T> parameter in copy.Parameters)
        {
            parameter.OwnValue();
        }

        return copy;
    }

    /// <summary>The same network with a run state of its own: nodes of its own, which share the values of the parameters.</summary>
    internal Network<T> CreateInstance()
    {
        var copies = new Dictionary<Node<T>, Node<T>>();
        foreach (Node<T> node in Graph.Nodes)
        {
            copies.Add(node, node.Replicate([.. node.Inputs.ToArray().Select(input => copies[input])]));
        }

        return new((Input<T>)copies[Input], copies[Output], (Loss<T>)copies[Loss], Ids is null ? null : (IdInput<T>)copies[Ids]);
    }

    private Predictor<T> Predictor => _predictor ??= CreatePredictor();
}
