namespace EE569.Engine.Training;

/// <summary>One step of gradient descent: forward, backward, clip, update. Allocates nothing after the first one.</summary>
internal sealed class StepRunner<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly TrainingOptions<T> _options;
    private readonly Graph<T> _graph;
    private readonly Parameter<T>[] _parameters;
    private readonly Parameter<T>[] _withL1;
    private readonly Dropout<T>[] _dropouts;
    private readonly SparseWeights<T>[] _sparse;
    private bool _hasGradient;

    /// <param name="network">The network to train.</param>
    /// <param name="options">How to train it.</param>
    /// <param name="isSparse">Whether the batches are sparse rows.</param>
    public StepRunner(Network<T> network, TrainingOptions<T> options, bool isSparse)
    {
        (_network, _options) = (network, options);
        _sparse = SparseWeights<T>.Find(network, options, isSparse);
        _parameters = [.. network.Parameters.Except(_sparse.Select(weights => weights.Parameter))];
        _withL1 = [.. _parameters.Where(parameter => options.L1Regularization * parameter.Group.L1Factor > 0)];
        _graph = options.L2Regularization > 0
            ? new Graph<T>(new L2Penalty<T>(network.Loss, options.L2Regularization, _parameters))
            : network.Graph;
        _dropouts = [.. _graph.Nodes.OfType<Dropout<T>>()];
        _graph.Workers = Workers.Of(options.NumberOfThreads);
        Optimizer = new OptimizerState<T>(options.Optimizer, network.Parameters, _sparse);
    }

    public OptimizerState<T> Optimizer { get; }

    /// <summary>Norm of the gradient of the last step, before clipping.</summary>
    public double GradientNorm
    {
        get => field >= 0 ? field : Norm();
        private set;
    }

    /// <summary>Bytes of parameters, gradients, activations and optimiser state.</summary>
    public unsafe long Bytes => _graph.Nodes.Where(node => node is not Input<T>).Sum(node => node.Bytes) + (long)Optimizer.Length * sizeof(T);

    /// <summary>Starts training, or goes on after an evaluation. Dropout follows the step count, so that a resumed training draws the same masks.</summary>
    public void Start()
    {
        _graph.IsTraining = true;
        foreach (Dropout<T> dropout in _dropouts)
        {
            dropout.Step = Optimizer.Step;
        }

        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.Start();
        }
    }

    /// <summary>Ends training for now: all weights have their values.</summary>
    public void Finish()
    {
        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.Finish();
        }
    }

    /// <summary>Computes the loss of a batch, penalties included.</summary>
    public double Forward(Batch<T> batch, double dropoutFactor = 1)
    {
        foreach (Dropout<T> dropout in _dropouts)
        {
            dropout.RateFactor = dropoutFactor;
        }

        _hasGradient = false;
        batch.Present(_network);
        double penalty = 0;
        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.Begin();
            penalty += weights.Penalty;
        }

        _graph.Forward();
        double loss = double.CreateTruncating(_graph.Output.Value[0, 0]) + penalty;
        return _options.L1Regularization == 0 ? loss : loss + _options.L1Regularization * SumOfMagnitudes();
    }

    /// <summary>Makes loss, weight and gradient of the step those of all trainings that are joined with this one, if any.</summary>
    public void Exchange(ref double loss, ref double weight)
    {
        if (_options.GradientExchange is { } exchange)
        {
            Backward();
            exchange.ExchangeGradients(_network.Parameters, ref loss, ref weight);
            _hasGradient = true;
        }
    }

    /// <summary>Updates the parameters after <see cref="Forward"/>.</summary>
    public void Update(in StepRates rates)
    {
        if (!_hasGradient)
        {
            Backward();
        }

        GradientNorm = -1;
        if (_options.GradientClipNorm is { } limit)
        {
            Clip(limit);
        }

        Optimizer.Update(rates);
        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.Complete(rates.Of(weights.Parameter.Group));
        }

        foreach (Parameter<T> parameter in _withL1)
        {
            double lambda = _options.L1Regularization * parameter.Group.L1Factor;
            Shrink(parameter.Value.Values, T.CreateTruncating(rates.Of(parameter.Group) * lambda));
        }
    }

    public bool AreParametersFinite()
    {
        foreach (Parameter<T> parameter in _network.Parameters)
        {
            // A sum that is not finite proves nothing (it may overflow), so that the magnitudes decide.
            if (!T.IsFinite(TensorPrimitives.MaxMagnitude<T>(parameter.Value.Values)))
            {
                return false;
            }
        }

        return true;
    }

    private void Backward()
    {
        try
        {
            Array.ForEach(_sparse, static weights => weights.Parameter.KeepsGradient = true);
            _graph.Backward();
        }
        finally
        {
            Array.ForEach(_sparse, static weights => weights.Parameter.KeepsGradient = false);
        }

        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.AddPenaltyGradient();
        }
    }

    private void Clip(double limit)
    {
        GradientNorm = Norm();
        double scale = limit / (GradientNorm + 1e-6);
        if (scale >= 1)
        {
            return;
        }

        foreach (Parameter<T> parameter in _parameters)
        {
            Span<T> gradient = parameter.Gradient.Values;
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(scale), gradient);
        }

        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.ScaleGradient(scale);
        }
    }

    private double Norm()
    {
        double squares = 0;
        foreach (Parameter<T> parameter in _parameters)
        {
            squares += WideSum.OfSquares<T>(parameter.Gradient.Values);
        }

        foreach (SparseWeights<T> weights in _sparse)
        {
            squares += weights.SquaredGradientNorm;
        }

        return Math.Sqrt(squares);
    }

    private double SumOfMagnitudes()
    {
        double sum = 0;
        foreach (Parameter<T> parameter in _withL1)
        {
            sum += parameter.Group.L1Factor * WideSum.OfMagnitudes<T>(parameter.Value.Values);
        }

        return sum;
    }

    // The proximal map of t |w| is sign(w) max(|w| - t, 0) = w - clamp(w, -t, t).
    private static void Shrink(Span<T> weights, T threshold)
    {
        foreach (ref T weight in weights)
        {
            weight -= T.Clamp(weight, -threshold, threshold);
        }
    }
}
