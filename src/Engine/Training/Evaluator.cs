using System.Runtime.InteropServices;

namespace EE569.Engine.Training;

/// <summary>Evaluates a network on one data set again and again, in buffers that are made once. Of several ranks each computes every so many batches.</summary>
internal sealed class Evaluator<T>(Network<T> network, DataSource<T> data, int batchSize, ICommunicator? ranks = null) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly BatchReader<T> _reader = data.CreateReader(batchSize, network, data.HasSparseBatches(network));
    private readonly StepFigures _batch = new();
    private readonly StepFigures _sum = new();

    /// <summary>The figures of the batches: all of them, or in the order of the ranks those of each.</summary>
    private readonly List<double> _figures = [];

    public Evaluation Evaluate()
    {
        network.Graph.IsTraining = false;
        _figures.Clear();
        _reader.Start(shuffle: null);
        int batches = 0;
        for (; _reader.MoveNext(); batches++)
        {
            if (ranks is null || batches % ranks.Size == ranks.Rank)
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

        return _sum.Weight == 0
            ? throw new ArgumentException("The weights of all rows are 0, so that there is nothing to evaluate; mind example and class weights.")
            : new Evaluation(_sum.Loss / _sum.Weight, _sum.Metric.Value);
    }

    public void Dispose() => _reader.Dispose();

    private void Measure()
    {
        _reader.Current.Present(network);
        network.Graph.Forward();
        _batch.Reset();
        network.Loss.Measure(_batch.Metric);
        (_batch.Loss, _batch.Weight) = (network.Loss.TotalWeight * double.CreateTruncating(network.Loss.Value[0, 0]), network.Loss.TotalWeight);
        int length = _figures.Count;
        CollectionsMarshal.SetCount(_figures, length + StepFigures.Length);
        _batch.CopyTo(CollectionsMarshal.AsSpan(_figures)[length..]);
    }

    /// <summary>Makes the figures of the rank's own batches those of all.</summary>
    /// <returns>Where those of each rank begin.</returns>
    private int[] Gather(int batches)
    {
        if (ranks is not { Size: > 1 })
        {
            return [0];
        }

        int[] counts = [.. Enumerable.Range(0, ranks.Size).Select(rank => (batches + ranks.Size - 1 - rank) / ranks.Size * StepFigures.Length)];
        double[] own = [.. _figures];
        CollectionsMarshal.SetCount(_figures, batches * StepFigures.Length);
        ranks.AllGather(
            MemoryMarshal.AsBytes<double>(own),
            MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_figures)),
            Array.ConvertAll(counts, count => count * sizeof(double)));
        return [.. counts.Select((_, rank) => counts[..rank].Sum())];
    }
}
