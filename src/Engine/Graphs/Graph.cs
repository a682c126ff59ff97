namespace EE569.Engine.Graphs;

/// <summary>The nodes an output depends on, in topological order; runs them forward and, in reverse, backward.</summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
public sealed class Graph<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Node<T>[] _nodes;
    private readonly Node<T>[] _computed;
    private readonly Parameter<T>[] _parameters;

    /// <summary>Collects the nodes an output depends on.</summary>
    /// <param name="output">The last node, usually a loss.</param>
    public Graph(Node<T> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        Output = output;
        _nodes = TopologicalOrder(output);
        _computed = [.. _nodes.Where(node => !node.Inputs.IsEmpty)];
        _parameters = [.. _nodes.OfType<Parameter<T>>()];
        foreach (Node<T> node in _computed.Where(node => !node.ReadsIds && node.Inputs.ToArray().Any(input => input is IdInput<T>)))
        {
            throw new ArgumentException($"{node.Name} reads ids; only Embedding does.", nameof(output));
        }

        foreach (Node<T> node in _computed.Where(node => !node.ReadsSparseRows))
        {
            foreach (Node<T> input in node.Inputs)
            {
                (input as Input<T>)?.DenseConsumer ??= node;
            }
        }
    }

    /// <summary>The last node.</summary>
    public Node<T> Output { get; }

    /// <summary>All nodes; every node follows its inputs.</summary>
    public IReadOnlyList<Node<T>> Nodes => _nodes;

    /// <summary>What training changes, in the order of the nodes.</summary>
    public IReadOnlyList<Parameter<T>> Parameters => _parameters;

    /// <summary>Whether nodes such as <see cref="Dropout{T}"/> behave as in training.</summary>
    public bool IsTraining
    {
        get => Output.IsTraining;
        set => Array.ForEach(_nodes, node => node.IsTraining = value);
    }

    /// <summary>Whether the batch holds rows for each member of an ensemble.</summary>
    internal bool HasRowsOfMembers
    {
        set => Array.ForEach(_nodes, value ? static node => node.HasRowsOfMembers = true : static node => node.HasRowsOfMembers = false);
    }

    /// <summary>The threads the nodes may use.</summary>
    internal Workers Workers
    {
        set
        {
            foreach (Node<T> node in _nodes)
            {
                node.Workers = value;
            }
        }
    }

    /// <summary>Computes every value from the inputs and parameters.</summary>
    public void Forward()
    {
        foreach (Node<T> node in _computed)
        {
            node.Prepare();
            node.Forward();
        }
    }

    /// <summary>Computes every gradient after <see cref="Forward"/>: the derivative of the sum of the output's elements, which is the output itself for a loss.</summary>
    public void Backward()
    {
        StartBackward().Values.Fill(T.One);
        PropagateGradients();
    }

    /// <summary>Computes every gradient after <see cref="Forward"/>.</summary>
    /// <param name="upstream">The derivative of something by the output, of the output's shape.</param>
    /// <exception cref="ArgumentException">The shape differs from the output's.</exception>
    public void Backward(Matrix<T> upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        if ((upstream.Rows, upstream.Columns) != (Output.Rows, Output.Width))
        {
            throw new ArgumentException(
                $"The upstream gradient is {upstream.Rows} x {upstream.Columns}, the output {Output.Rows} x {Output.Width}.", nameof(upstream));
        }

        upstream.Values.CopyTo(StartBackward().Values);
        PropagateGradients();
    }

    /// <summary>Compares the gradient of every parameter with central differences of the output's sum, with dropout off.</summary>
    /// <param name="step">Half the distance of the two points of a difference; 1e-5 suits double.</param>
    /// <returns>The relative errors of each parameter; below 1e-6 in double where the graph is smooth.</returns>
    public IReadOnlyList<GradientError> GradientCheck(double step = 1e-5)
    {
        bool wasTraining = IsTraining;
        IsTraining = false;
        Forward();
        Backward();
        GradientError[] errors = [.. _parameters.Select(parameter => CompareWithDifferences(parameter, T.CreateTruncating(step)))];
        Forward();
        IsTraining = wasTraining;
        return errors;
    }

    /// <summary>The graph as indented lines, one a node.</summary>
    public string ToText() => GraphDrawing.ToText(_nodes);

    /// <summary>The graph in the language of Graphviz.</summary>
    public string ToDot() => GraphDrawing.ToDot(_nodes);

    /// <summary>The graph as a Mermaid flowchart, which Markdown viewers draw.</summary>
    public string ToMermaid() => GraphDrawing.ToMermaid(_nodes);

    private static Node<T>[] TopologicalOrder(Node<T> output)
    {
        var order = new List<Node<T>>();
        var seen = new HashSet<Node<T>>();
        Visit(output);
        return [.. order];

        void Visit(Node<T> node)
        {
            if (!seen.Add(node))
            {
                return;
            }

            foreach (Node<T> input in node.Inputs)
            {
                Visit(input);
            }

            order.Add(node);
        }
    }

    /// <summary>Starts a backward pass.</summary>
    /// <returns>The gradient of the output, to be filled.</returns>
    internal Matrix<T> StartBackward()
    {
        foreach (Node<T> node in _nodes)
        {
            node.ForgetGradient();
        }

        return Output.OverwriteGradient(out _);
    }

    private void PropagateGradients()
    {
        for (int i = _computed.Length - 1; i >= 0; i--)
        {
            if (_computed[i].NeedsGradient)
            {
                _computed[i].Backward();
            }
        }
    }

    private GradientError CompareWithDifferences(Parameter<T> parameter, T step)
    {
        (double largest, double differences, double analytics, double numerics) = (0, 0, 0, 0);
        Span<T> values = parameter.Value.Values;
        for (int i = 0; i < values.Length; i++)
        {
            T original = values[i];
            values[i] = original + step;
            double above = OutputSum();
            values[i] = original - step;
            double below = OutputSum();
            values[i] = original;

            double numeric = (above - below) / (2 * double.CreateTruncating(step));
            double analytic = double.CreateTruncating(parameter.Gradient.Values[i]);
            double error = Math.Abs(analytic - numeric) / Math.Max(1e-4, Math.Abs(analytic) + Math.Abs(numeric));
            largest = Math.Max(largest, error);
            differences += (analytic - numeric) * (analytic - numeric);
            analytics += analytic * analytic;
            numerics += numeric * numeric;
        }

        double ofNorms = differences == 0 ? 0 : Math.Sqrt(differences) / (Math.Sqrt(analytics) + Math.Sqrt(numerics));
        return new GradientError(parameter.Name, largest, ofNorms);
    }

    private double OutputSum()
    {
        Forward();
        double sum = 0;
        foreach (T value in Output.Value.Values)
        {
            sum += double.CreateTruncating(value);
        }

        return sum;
    }
}
