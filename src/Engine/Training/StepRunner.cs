namespace EE569.Engine.Training;

/// <summary>One step of gradient descent: forward, backward, clip, update. Allocates nothing after the first one.</summary>
internal sealed class StepRunner<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Rows of a shard: so many cost no more than a batch as a whole, within a few hundredths.</summary>
    private const int RowsOfShard = 128;

    /// <summary>The same of all members of an ensemble, whose values then stay in the second-level cache, and examples at the least.</summary>
    private const int RowsOfMembers = 256, SmallestShard = 16;

    private readonly Network<T> _network;
    private readonly TrainingOptions<T> _options;
    private readonly Graph<T> _graph;
    private readonly Parameter<T>[] _parameters;
    private readonly Parameter<T>[] _withL1;
    private readonly Dropout<T>[] _dropouts;
    private readonly SparseWeights<T>[] _sparse;
    private readonly ShardedGradient<T> _sharded;
    private readonly RankSums<T>? _ranks;
    private long _step;
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
        _sharded = new ShardedGradient<T>(network, options.NumberOfThreads);
        _ranks = options.Communicator is { Size: > 1 } ranks ? new RankSums<T>(ranks, network.Parameters) : null;
        int shardSize = options.ShardSize ?? (network.Output.Members is > 1 and int members ? Math.Max(SmallestShard, RowsOfMembers / members) : RowsOfShard);
        Cut = _sparse.Length > 0 ? BatchCut.Whole : new BatchCut(shardSize, options.Communicator?.Rank ?? 0, options.Communicator?.Size ?? 1);
    }

    /// <summary>How batches are cut: a step that visits a part of the weights only takes them whole.</summary>
    public BatchCut Cut { get; }

    /// <summary>What is known of the last <see cref="Compute"/>.</summary>
    public StepFigures Figures { get; } = new();

    public OptimizerState<T> Optimizer { get; }

    /// <summary>Norm of the gradient of the last step, before clipping.</summary>
    public double GradientNorm
    {
        get => field >= 0 ? field : Norm();
        private set;
    }

    /// <summary>Bytes of parameters, gradients, activations and optimiser state.</summary>
    public unsafe long Bytes => _graph.Nodes.Where(node => node is not Input<T>).Sum(node => node.Bytes) + (long)Optimizer.Length * sizeof(T)
        + _sharded.Bytes + (_ranks?.Bytes ?? 0);

    /// <summary>Starts training, or goes on after an evaluation. Dropout follows the step count, so that a resumed training draws the same masks.</summary>
    public void Start()
    {
        (_graph.IsTraining, _step) = (true, Optimizer.Step);
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

    /// <summary>Computes the figures of the reader's batch, penalties included; with shards or ranks the gradient too.</summary>
    /// <param name="reader">Has read a batch by <see cref="Cut"/>.</param>
    /// <param name="dropoutFactor">Factor of the rate of dropout.</param>
    /// <param name="interruption">Why the training is to end before this step, or null; of several ranks one suffices.</param>
    public void Compute(BatchReader<T> reader, double dropoutFactor = 1, StopReason? interruption = null)
    {
        Figures.Reset();
        Figures.Interruption = interruption;
        if (interruption is not null && _ranks is null)
        {
            return;
        }

        Shards shards = Cut.All(reader.Rows), own = Cut.Own(reader.Rows);
        if (shards.Count > 1)
        {
            ComputeShards(reader, shards, own, dropoutFactor);
            return;
        }

        if (own.Count == 1)
        {
            (Figures.Loss, Figures.Weight) = (Forward(reader.Current, dropoutFactor), _network.Loss.TotalWeight);
            _network.Loss.Measure(Figures.Metric);
        }

        if (_ranks is not null)
        {
            if (own.Count == 1)
            {
                Backward();
            }

            _ranks.Sum(shards, Figures);
            _hasGradient = true;
        }
    }

    /// <summary>Computes the loss of a batch, penalties included.</summary>
    public double Forward(Batch<T> batch, double dropoutFactor = 1)
    {
        foreach (Dropout<T> dropout in _dropouts)
        {
            (dropout.RateFactor, dropout.Step) = (dropoutFactor, _step);
        }

        _step++;
        _hasGradient = false;
        batch.Present(_network);
        double penalty = 0;
        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.Begin();
            penalty += weights.Penalty;
        }

        _graph.Forward();
        return double.CreateTruncating(_graph.Output.Value[0, 0]) + penalty + L1Penalty();
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

    /// <summary>Adds up the shards, own and of other ranks, and then the penalties.</summary>
    private void ComputeShards(BatchReader<T> reader, Shards shards, Shards own, double dropoutFactor)
    {
        _graph.StartBackward();
        foreach (Parameter<T> parameter in _parameters)
        {
            parameter.OverwriteGradient(out _);
        }

        if (own.Count > 0)
        {
            _sharded.Compute(reader, own, _step, dropoutFactor, Figures);
        }

        (_step, _hasGradient) = (_step + 1, true);
        _ranks?.Sum(shards, Figures);
        if (Figures.Interruption is not null || Figures.Weight == 0)
        {
            return;
        }

        // The shards' parts are those of a mean without weights.
        double rows = reader.Rows * (reader.Current.HasRowsOfMembers ? _network.Output.Members : 1);
        Figures.Weight = _network.Loss.Normalization == LossNormalization.BatchSize ? rows : Figures.Weight;
        double scale = rows / Figures.Weight;
        Figures.Loss *= scale;
        if (scale != 1)
        {
            Scale(scale);
        }

        if (_graph.Output is L2Penalty<T> penalty)
        {
            Figures.Loss = penalty.AddTo(Figures.Loss);
        }

        Figures.Loss += L1Penalty();
    }

    private double L1Penalty() => _options.L1Regularization == 0 ? 0 : _options.L1Regularization * SumOfMagnitudes();

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

        Scale(scale);
        foreach (SparseWeights<T> weights in _sparse)
        {
            weights.ScaleGradient(scale);
        }
    }

    private void Scale(double scale)
    {
        foreach (Parameter<T> parameter in _parameters)
        {
            Span<T> gradient = parameter.Gradient.Values;
            TensorPrimitives.Multiply(gradient, T.CreateTruncating(scale), gradient);
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
