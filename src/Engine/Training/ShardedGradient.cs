namespace EE569.Engine.Training;

/// <summary>The gradient of a batch that is cut into shards, added in the order of their tree (<see cref="Shards"/>): threads, like ranks, compute subtrees.</summary>
/// <param name="network">The network; the gradients of its parameters receive the sum.</param>
/// <param name="numberOfThreads">Threads to use.</param>
internal sealed class ShardedGradient<T>(Network<T> network, int numberOfThreads) where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Workers _workers = Workers.Of(numberOfThreads);
    private readonly List<ShardRunner<T>> _runners = [];
    private readonly Dictionary<Shards, (int To, int From)[]> _additions = [];
    private BatchReader<T>? _reader;
    private Shards _own;
    private int _parts;
    private (long Step, double DropoutFactor) _dropout;

    public long Bytes => _runners.Sum(runner => runner.Bytes);

    /// <summary>Computes the sum over some shards of the batch, from 1.</summary>
    /// <param name="reader">Has the batch.</param>
    /// <param name="own">The shards.</param>
    /// <param name="step">Number of the step, for dropout.</param>
    /// <param name="dropoutFactor">Factor of the rate of dropout.</param>
    /// <param name="figures">Receives what is known beside the gradient.</param>
    public void Compute(BatchReader<T> reader, Shards own, long step, double dropoutFactor, StepFigures figures)
    {
        (_reader, _own, _dropout) = (reader, own, (step, dropoutFactor));

        // Threads that cannot all have shards of their own share the products of each.
        _parts = own.Count >= numberOfThreads ? numberOfThreads : 1;
        while (_runners.Count < _parts)
        {
            // The first one's sum is the gradient itself.
            GradientSum<T>? sum = _runners.Count > 0 ? null : new GradientSum<T>([.. network.Parameters.Select(parameter => parameter.OverwriteGradient(out _))]);
            _runners.Add(new ShardRunner<T>(network, reader.Current, sum));
        }

        _workers.Run(_parts, new Subtrees(this));
        if (!_additions.TryGetValue(own, out (int To, int From)[]? additions))
        {
            _additions.Add(own, additions = [.. own.Additions(_parts)]);
        }

        foreach ((int to, int from) in additions)
        {
            _runners[to].Sum.Add(_runners[from].Sum);
        }

        figures.Add(_runners[0].Sum.Figures);
    }

    private void Run(int part) => _runners[part].Run(
        _reader!, _own.Part(part, _parts), _dropout.Step, _dropout.DropoutFactor, _parts > 1 ? Workers.Single : _workers);

    private readonly struct Subtrees(ShardedGradient<T> gradient) : IPartitionedWork
    {
        public void Execute(int part) => gradient.Run(part);
    }
}
