using System.Runtime.InteropServices;

namespace EE569.Engine.Training;

/// <summary>
/// Evaluates a network on one data set again and again, in buffers that are made once. Of several ranks each computes every so many batches, or all where the figure that
/// chooses epochs needs all predictions.
/// </summary>
internal sealed class Evaluator<T> : IDisposable where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Network<T> _network;
    private readonly ICommunicator? _ranks;
    private readonly EarlyStoppingMetric _wanted;
    private readonly ValidationScore<T>? _score;
    private readonly BatchReader<T> _reader;
    private readonly StepFigures _batch = new();
    private readonly StepFigures _sum = new();
    private readonly Metric _metric = new();

    /// <summary>The figures of the batches: all of them, or in the order of the ranks those of each.</summary>
    private readonly List<double> _figures = [];

    public Evaluator(Network<T> network, DataSource<T> data, int batchSize, ICommunicator? ranks = null, EarlyStoppingMetric wanted = EarlyStoppingMetric.Loss)
    {
        (_network, _wanted, _score) = (network, wanted, ValidationScore<T>.Of(wanted, network.Loss));
        _ranks = _score is null ? ranks : null;
        _reader = data.CreateReader(batchSize, network, data.HasSparseBatches(network));
    }

    /// <summary>That of the batches that this process has computed.</summary>
    /// <inheritdoc cref="Metric.Confusion"/>
    public Matrix<double>? Confusion => _metric.Confusion;

    public Evaluation Evaluate()
    {
        _network.Graph.IsTraining = false;
        _figures.Clear();
        _metric.Reset();
        _score?.Reset();
        _reader.Start(shuffle: null);
        int batches = 0;
        for (; _reader.MoveNext(); batches++)
        {
            if (_ranks is null || batches % _ranks.Size == _ranks.Rank)
            {
                Measure();
            }
        }

        Span<int> next = Gather(batches);
        _sum.Reset();
        for (int batch = 0; batch < batches; batch++)
        {
            _batch.Set(CollectionsMarshal.AsSpan(_figures)[next[batch % next.Length]..]);
            next[batch % next.Length] += StepFigures.Length;
            _sum.Add(_batch);
        }

        if (_sum.Weight == 0)
        {
            throw new ArgumentException("The weights of all rows are 0, so that there is nothing to evaluate; mind example and class weights.");
        }

        double loss = _sum.Loss / _sum.Weight, score = _wanted == EarlyStoppingMetric.Loss ? loss : _score?.Value ?? _sum.Metric.Value;
        return double.IsFinite(loss) && !double.IsFinite(score)
            ? throw new ArgumentException($"The validation rows do not define EarlyStopping.{nameof(EarlyStopping.Metric)} {_wanted}: they are all of one class, or of one value. Choose another metric, or other rows.")
            : new Evaluation(loss, _sum.Metric.Value) { Score = score };
    }

    public void Dispose() => _reader.Dispose();

    private void Measure()
    {
        _reader.Current.Present(_network);
        _network.Graph.Forward();
        _score?.Add(_network.Loss);
        _batch.Reset();
        _network.Loss.Measure(_batch.Metric);
        _metric.Add(_batch.Metric);
        (_batch.Loss, _batch.Weight) = (_network.Loss.TotalWeight * double.CreateTruncating(_network.Loss.Value[0, 0]), _network.Loss.TotalWeight);
        int length = _figures.Count;
        CollectionsMarshal.SetCount(_figures, length + StepFigures.Length);
        _batch.CopyTo(CollectionsMarshal.AsSpan(_figures)[length..]);
    }

    /// <summary>Makes the figures of the rank's own batches those of all.</summary>
    /// <returns>Where those of each rank begin.</returns>
    private int[] Gather(int batches)
    {
        if (_ranks is not { Size: > 1 })
        {
            return [0];
        }

        int[] counts = [.. Enumerable.Range(0, _ranks.Size).Select(rank => (batches + _ranks.Size - 1 - rank) / _ranks.Size * StepFigures.Length)];
        double[] own = [.. _figures];
        CollectionsMarshal.SetCount(_figures, batches * StepFigures.Length);
        _ranks.AllGather(
            MemoryMarshal.AsBytes<double>(own),
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_figures)),
            Array.ConvertAll(counts, count => count * sizeof(double)));
        return [.. counts.Select((_, rank) => counts[..rank].Sum())];
    }
}
