namespace EE569.Engine.Training;

/// <summary>
/// A parameter of which a batch reads a part, so that a step costs what its batch holds: the weights of a layer that reads sparse rows, of
/// which it touches the columns of the features that occur in the batch and their neighbours, or the vectors of an embedding. The gradient is
/// 0 elsewhere.
/// </summary>
/// <remarks>
/// An L2 penalty shrinks every weight in every step. With SGD a weight that is not touched becomes w (1 - 2 rate lambda): the running product of
/// these factors is kept, and a block of columns is multiplied by what the product has gained since the block was last up to date when it is
/// next touched, and at the end of a pass. The sum of squares in the loss is kept up to date in the same way, without visiting the others.
/// </remarks>
internal sealed class SparseWeights<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Beyond this, or below its inverse, the running product starts again at 1 before it leaves the range of a double.</summary>
    private const double LargestProduct = 1e100;

    private readonly double _lambda;
    private readonly bool _catchesUp;
    private readonly TouchedBlocks _touched;
    private readonly double[] _reached;
    private double _product = 1;
    private double _penaltyScale;
    private double _squares;
    private double _touchedSquares;
    private double _restGradient;

    private SparseWeights(Parameter<T> parameter, TouchedBlocks touched, double lambda, bool catchesUp)
    {
        (Parameter, _touched, _lambda, _catchesUp) = (parameter, touched, lambda, catchesUp && lambda > 0);
        _reached = _catchesUp ? new double[touched.Blocks] : [];
    }

    /// <summary>The weights.</summary>
    public Parameter<T> Parameter { get; }

    /// <summary>Lines of the weights, as <see cref="TouchedBlocks"/> sees them.</summary>
    public int Lines => _touched.Lines;

    /// <summary>Elements of a line.</summary>
    public int LineLength => _touched.LineLength;

    /// <summary>The elements of a line that the batch touches.</summary>
    public ReadOnlySpan<ElementRun> Touched => _touched.Runs;

    /// <summary>lambda times the sum of the squares of all weights, the shrinking of skipped steps included.</summary>
    public double Penalty => _lambda * _squares;

    /// <summary>Sum of the squares of the gradient of all weights.</summary>
    public double SquaredGradientNorm => _restGradient + TouchedSquares(Parameter.Gradient);

    /// <summary>The weights of a network that a training may update in this way: the optimiser skips zeros, and one node alone reads them, in part.</summary>
    public static SparseWeights<T>[] Find(Network<T> network, TrainingOptions<T> options, bool isSparse)
    {
        Optimizer<T> optimizer = options.Optimizer;
        return options.Communicator is not null ? [] : [.. network.Parameters.Select(Create).OfType<SparseWeights<T>>()];

        SparseWeights<T>? Create(Parameter<T> parameter)
        {
            Node<T>[] readers = [.. network.Graph.Nodes.Where(node => node.Inputs.Contains(parameter))];
            double lambda = options.L2Regularization * parameter.Group.L2Factor;
            bool skipsPenalties = options.L1Regularization * parameter.Group.L1Factor == 0
                && (lambda == 0 || optimizer.SkippedPenalty != SkippedPenalty.NotSkipped);
            return optimizer.SkipsZeroGradients && skipsPenalties && readers.Length == 1 && readers[0].PartsRead(parameter, isSparse) is { } touched
                ? new SparseWeights<T>(parameter, touched, lambda, optimizer.SkippedPenalty == SkippedPenalty.CaughtUp)
                : null;
        }
    }

    /// <summary>Starts a pass, with weights that may have been set since the last.</summary>
    public void Start()
    {
        Parameter.OverwriteGradient(out _).Values.Clear();
        _touched.Clear();
        _product = 1;
        _reached.AsSpan().Fill(1);
        _squares = _lambda > 0 ? WideSum.OfSquares<T>(Parameter.Value.Values) : 0;
    }

    /// <summary>Brings the weights that a batch reads up to date, and takes the last batch's gradient back to 0.</summary>
    public void Begin()
    {
        for (int line = 0; line < Lines; line++)
        {
            Span<T> gradient = Line(Parameter.Gradient, line);
            foreach (ElementRun run in Touched)
            {
                gradient.Slice(run.First, run.Length).Clear();
            }
        }

        _touched.Collect();
        foreach (ElementRun run in _catchesUp ? Touched : [])
        {
            CatchUp(run);
        }

        _penaltyScale = 1;
        _touchedSquares = _lambda > 0 ? TouchedSquares(Parameter.Value) : 0;
    }

    /// <summary>Adds the gradient of the penalty, 2 lambda W, to that of the batch.</summary>
    public void AddPenaltyGradient()
    {
        _restGradient = _catchesUp ? 4 * _lambda * _lambda * Math.Max(0, _squares - _touchedSquares) : 0;
        T factor = T.CreateTruncating(2 * _lambda);
        for (int line = 0; _lambda > 0 && line < Lines; line++)
        {
            Span<T> weights = Line(Parameter.Value, line);
            Span<T> gradient = Line(Parameter.Gradient, line);
            foreach (ElementRun run in Touched)
            {
                AddPenaltyGradient(weights.Slice(run.First, run.Length), factor, gradient.Slice(run.First, run.Length));
            }
        }
    }

    /// <summary>Shortens the gradient of all weights.</summary>
    public void ScaleGradient(double scale)
    {
        _penaltyScale = scale;
        for (int line = 0; line < Lines; line++)
        {
            Span<T> gradient = Line(Parameter.Gradient, line);
            foreach (ElementRun run in Touched)
            {
                Span<T> part = gradient.Slice(run.First, run.Length);
                TensorPrimitives.Multiply(part, T.CreateTruncating(scale), part);
            }
        }
    }

    /// <summary>Lets the penalty of this step act on the weights that were not touched.</summary>
    public void Complete(double learningRate)
    {
        if (_lambda == 0)
        {
            return;
        }

        double kept = _catchesUp ? 1 - 2 * learningRate * _penaltyScale * _lambda : 1;
        _squares = kept * kept * Math.Max(0, _squares - _touchedSquares) + TouchedSquares(Parameter.Value);
        if (_catchesUp)
        {
            _product *= kept;
            foreach (ElementRun run in Touched)
            {
                Blocks(run).Fill(_product);
            }

            if (!(Math.Abs(_product) is > 1 / LargestProduct and < LargestProduct))
            {
                CatchUpAll();
            }
        }
    }

    /// <summary>Ends a pass: brings all weights up to date.</summary>
    public void Finish() => CatchUpAll();

    private void CatchUpAll()
    {
        if (_catchesUp)
        {
            CatchUp(new ElementRun(0, LineLength));
            _product = 1;
            _reached.AsSpan().Fill(1);
        }
    }

    private void CatchUp(ElementRun run)
    {
        Span<double> blocks = Blocks(run);
        for (int block = 0; block < blocks.Length; block++)
        {
            if (blocks[block] != _product)
            {
                int first = run.First + block * _touched.BlockLength;
                Multiply(first, Math.Min(_touched.BlockLength, LineLength - first), T.CreateTruncating(_product / blocks[block]));
                blocks[block] = _product;
            }
        }
    }

    private void Multiply(int first, int length, T factor)
    {
        for (int line = 0; line < Lines; line++)
        {
            Span<T> weights = Line(Parameter.Value, line).Slice(first, length);
            TensorPrimitives.Multiply(weights, factor, weights);
        }
    }

    /// <summary>What the blocks of a run have reached.</summary>
    private Span<double> Blocks(ElementRun run) =>
        _reached.AsSpan(run.First / _touched.BlockLength, (run.Length + _touched.BlockLength - 1) / _touched.BlockLength);

    private void AddPenaltyGradient(ReadOnlySpan<T> weights, T factor, Span<T> gradient)
    {
        if (_catchesUp)
        {
            TensorPrimitives.MultiplyAdd(weights, factor, gradient, gradient);
            return;
        }

        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] += gradient[i] == T.Zero ? T.Zero : weights[i] * factor;
        }
    }

    private Span<T> Line(Matrix<T> matrix, int line) => matrix.Values.Slice(line * LineLength, LineLength);

    private double TouchedSquares(Matrix<T> matrix)
    {
        double sum = 0;
        for (int line = 0; line < Lines; line++)
        {
            Span<T> values = Line(matrix, line);
            foreach (ElementRun run in Touched)
            {
                sum += WideSum.OfSquares<T>(values.Slice(run.First, run.Length));
            }
        }

        return sum;
    }
}
