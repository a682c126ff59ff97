namespace EE569.Engine.Training;

/// <summary>Computes the gradient of one shard of a batch after the other, on one thread at a time, and adds them.</summary>
internal sealed class ShardRunner<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly Parameter<T>[] _parameters;
    private readonly Batch<T> _shard;
    private readonly Dropout<T>[] _dropouts;
    private readonly List<GradientSum<T>> _sums = [];

    /// <param name="network">The network whose parameters are used; it runs in an instance of its own.</param>
    /// <param name="batch">What the batches come in.</param>
    /// <param name="sum">Where the sum is to be, or null for a buffer.</param>
    public ShardRunner(Network<T> network, Batch<T> batch, GradientSum<T>? sum)
    {
        (_network, _shard) = (network.CreateInstance(), batch.CreateView());
        (_network.Graph.IsTraining, _parameters) = (true, [.. _network.Parameters]);
        _dropouts = [.. _network.Graph.Nodes.OfType<Dropout<T>>()];
        _sums.Add(sum ?? GradientSum<T>.Create(network.Parameters));
    }

    /// <summary>The sum of the last <see cref="Run"/>.</summary>
    public GradientSum<T> Sum => _sums[0];

    public long Bytes => _network.Graph.Nodes.Where(node => node is not (Input<T> or Parameter<T>)).Sum(node => node.Bytes) + _sums.Sum(sum => sum.Bytes);

    /// <summary>Adds up the gradients of shards.</summary>
    /// <param name="reader">Has the batch.</param>
    /// <param name="shards">The shards, from 1.</param>
    /// <param name="step">Number of the step, for dropout.</param>
    /// <param name="dropoutFactor">Factor of the rate of dropout.</param>
    /// <param name="workers">The threads that the computation of a shard may use.</param>
    public void Run(BatchReader<T> reader, Shards shards, long step, double dropoutFactor, Workers workers)
    {
        _network.Graph.Workers = workers;
        foreach (Dropout<T> dropout in _dropouts)
        {
            dropout.RateFactor = dropoutFactor;
        }

        Add(reader, shards, step, depth: 0);
    }

    private void Add(BatchReader<T> reader, Shards shards, long step, int depth)
    {
        if (depth == _sums.Count)
        {
            _sums.Add(GradientSum<T>.Create(_parameters));
        }

        if (shards.Count == 1)
        {
            Compute(reader, shards, step, _sums[depth]);
            return;
        }

        Add(reader, shards.Halves.Left, step, depth);
        Add(reader, shards.Halves.Right, step, depth + 1);
        _sums[depth].Add(_sums[depth + 1]);
    }

    private void Compute(BatchReader<T> reader, Shards shard, long step, GradientSum<T> sum)
    {
        (int first, int rows) = reader.Cut.RowsOf(shard, reader.Rows);
        int rowsOfExample = _shard.HasRowsOfMembers ? _network.Output.Members : 1;
        _shard.Show(reader.Current, rowsOfExample * (first - reader.First), rowsOfExample * rows);
        _shard.Present(_network);
        _network.Loss.RowsOfBatch = rowsOfExample * reader.Rows;
        foreach (Dropout<T> dropout in _dropouts)
        {
            dropout.Step = step;
            dropout.Shard = (first, rows, reader.Rows);
        }

        _network.Graph.Forward();
        sum.Figures.Reset();
        (sum.Figures.Loss, sum.Figures.Weight) = (double.CreateTruncating(_network.Loss.Value[0, 0]), _network.Loss.TotalWeight);
        _network.Loss.Measure(sum.Figures.Metric);
        sum.Receive(_parameters);
        _network.Graph.Backward();
        foreach (Parameter<T> parameter in _parameters)
        {
            _ = parameter.Gradient; // 0 where no node wrote it
        }
    }
}
