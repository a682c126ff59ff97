using System.Globalization;

namespace EE569.Engine.Graphs;

/// <summary>
/// One operation of a <see cref="Graph{T}"/>. A new operation is one class in one file: the constructor passes its width and inputs on,
/// <see cref="Forward"/> fills <see cref="Value"/>, <see cref="Backward"/> adds to the gradients of its inputs.
/// </summary>
/// <typeparam name="T"><see cref="float"/> for training, <see cref="double"/> for checks.</typeparam>
/// <remarks>
/// Values and gradients are (batch x width). Trainings and predictors run copies of the nodes of a network, which share parameters' values and
/// what the constructor was given; a node that writes to buffers of its own beside <see cref="Value"/> overrides <see cref="OwnBuffers"/>.
/// </remarks>
public abstract class Node<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private Node<T>[] _inputs;
    private Matrix<T>? _gradient;
    private bool _hasGradient;
    private string? _name;

    /// <summary>Creates a node.</summary>
    /// <param name="width">Number of columns of its value, from 1.</param>
    /// <param name="inputs">The nodes it reads.</param>
    /// <exception cref="ArgumentOutOfRangeException">The width is not positive.</exception>
    protected Node(int width, params ReadOnlySpan<Node<T>> inputs)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        Width = width;
        Value = new Matrix<T>(0, width);
        _inputs = inputs.ToArray();
        foreach (Node<T> input in inputs)
        {
            ArgumentNullException.ThrowIfNull(input, nameof(inputs));
            NeedsGradient |= input.NeedsGradient;
        }
    }

    /// <summary>The name in messages and drawings; the type's name unless set.</summary>
    public string Name { get => _name ?? GetType().Name.Split('`')[0]; init => _name = value; }

    /// <summary>How a drawing of the graph names the node: its name and width.</summary>
    internal virtual string Description => string.Create(CultureInfo.InvariantCulture, $"{Name} {Width}");

    /// <summary>The nodes this one reads.</summary>
    public ReadOnlySpan<Node<T>> Inputs => _inputs;

    /// <summary>Number of columns of the value.</summary>
    public int Width { get; }

    /// <summary>Number of rows of the value: the size of the batch, or 1 for a loss.</summary>
    public int Rows { get; private protected set; }

    /// <summary>The result of the last forward pass.</summary>
    public Matrix<T> Value { get; private protected set; }

    /// <summary>Whether some parameter feeds this node, so that a gradient has to flow through it.</summary>
    public bool NeedsGradient { get; private protected set; }

    /// <summary>Derivative of the graph's output by <see cref="Value"/>: zeros in each backward pass until a consumer adds to it.</summary>
    public Matrix<T> Gradient
    {
        get
        {
            if (!_hasGradient)
            {
                Matrix<T> cleared = OverwriteGradient(out _);
                if (!KeepsGradient)
                {
                    cleared.Values.Clear();
                }
            }

            return _gradient!;
        }
    }

    /// <summary>True in training, false when predicting: whether <see cref="Dropout{T}"/> drops.</summary>
    public bool IsTraining { get; internal set; }

    /// <summary>Number of members of an ensemble whose rows stand one after the other in the value: 1, or k behind a node that gives each member rows of its own.</summary>
    public virtual int Members
    {
        get
        {
            int members = 1;
            foreach (Node<T> input in _inputs)
            {
                members = Math.Max(members, input.Members);
            }

            return members;
        }
    }

    /// <summary>Whether the batch holds rows for each member already, so that none are to be copied: each member visits the examples in an order of its own.</summary>
    public bool HasRowsOfMembers { get; internal set; }

    /// <summary>Rows of the value, given those of the inputs.</summary>
    protected virtual int OutputRows => _inputs[0].Rows;

    /// <summary>Whether the node can read an <see cref="Input{T}"/> that holds sparse rows.</summary>
    internal virtual bool ReadsSparseRows => false;

    /// <summary>The share of non-zeros from which a node that reads sparse rows is faster with dense ones.</summary>
    internal virtual double DenseFrom => 1;

    /// <summary>Whether the node can read an <see cref="IdInput{T}"/>.</summary>
    internal virtual bool ReadsIds => false;

    /// <summary>Whether the gradient is 0 already when a backward pass begins, because whoever runs it clears the few elements it touches.</summary>
    internal bool KeepsGradient { get; set; }

    /// <summary>The threads the node may use.</summary>
    internal Workers Workers { get; set; } = Workers.Single;

    /// <summary>Bytes of the buffers of value and gradient.</summary>
    internal long Bytes => Value.Bytes + (_gradient?.Bytes ?? 0);

    /// <summary>Computes <see cref="Value"/>, whose rows are already set, from the values of the inputs.</summary>
    public abstract void Forward();

    /// <summary>Adds this node's share to the gradient of every input that needs one.</summary>
    public abstract void Backward();

    /// <summary>The elements of a parameter that the node reads for a batch, if it never reads others; null if it may read all.</summary>
    /// <param name="parameter">One of its inputs.</param>
    /// <param name="isSparse">Whether the batches' features are sparse rows.</param>
    internal virtual TouchedBlocks? PartsRead(Parameter<T> parameter, bool isSparse) => null;

    /// <summary>Sizes the value before a forward pass.</summary>
    internal void Prepare()
    {
        Rows = OutputRows;
        Value.SetRows(Rows);
    }

    /// <summary>Starts a backward pass.</summary>
    internal void ForgetGradient() => _hasGradient = false;

    /// <summary>
    /// The gradient for a writer that can overwrite as well as add, which spares clearing it: almost every node has a single consumer.
    /// </summary>
    /// <param name="accumulate">True when another consumer has written before, so that the writer must add.</param>
    internal Matrix<T> OverwriteGradient(out bool accumulate)
    {
        _gradient ??= new Matrix<T>(0, Width);
        _gradient.SetRows(Rows);
        accumulate = _hasGradient;
        _hasGradient = true;
        return _gradient;
    }

    /// <summary>Lets backward passes write the gradient to another matrix of its shape.</summary>
    internal void UseGradient(Matrix<T> gradient) => _gradient = gradient;

    /// <summary>A copy that reads other inputs and has a state of its own: value, gradient, mode, threads and buffers.</summary>
    internal Node<T> Replicate(Node<T>[] newInputs)
    {
        var copy = (Node<T>)MemberwiseClone();
        copy._inputs = newInputs;
        copy.Value = this is Parameter<T> ? Value : new Matrix<T>(0, Width);
        (copy._gradient, copy._hasGradient, copy.KeepsGradient, copy.IsTraining, copy.HasRowsOfMembers) = (null, false, false, false, false);
        copy.Workers = Workers.Single;
        copy.OwnBuffers();
        return copy;
    }

    /// <summary>Called on a copy of a node: replaces the buffers that the copy would write to and share with the original. The default has none.</summary>
    protected virtual void OwnBuffers()
    {
    }
}
