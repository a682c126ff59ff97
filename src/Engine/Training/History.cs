using System.Collections;
using System.Globalization;

namespace EE569.Engine.Training;

/// <summary>The completed epochs of a training, first to last.</summary>
public sealed class History : IReadOnlyList<EpochRecord>
{
    private readonly List<EpochRecord> _records = [];
    private readonly List<double> _lowest = [];

    internal History(IEnumerable<EpochRecord> records)
    {
        foreach (EpochRecord record in records)
        {
            Add(record);
        }
    }

    /// <summary>The histories of the networks of a bag as one, each record with the number of its network.</summary>
    /// <param name="networks">The histories, first network to last.</param>
    public static History OfNetworks(IEnumerable<History> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        return new(networks.SelectMany((history, i) => history.Select(record => record with { Network = i + 1 })));
    }

    /// <summary>Number of completed epochs.</summary>
    public int Count => _records.Count;

    /// <summary>The record of an epoch.</summary>
    /// <param name="index">Position, from 0; epoch e of one network stands at e - 1.</param>
    public EpochRecord this[int index] => _records[index];

    /// <inheritdoc/>
    public IEnumerator<EpochRecord> GetEnumerator() => _records.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes a header and a line for each epoch, with numbers that read back to the same bits.</summary>
    /// <param name="writer">Where to write.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine("Epoch,TrainLoss,TrainMetric,ValidationLoss,ValidationMetric,LearningRate,GradientNorm,Seconds,Bytes,ValidationScore,Network");
        foreach (EpochRecord r in _records)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Epoch},{r.TrainLoss},{r.TrainMetric},{r.ValidationLoss},{r.ValidationMetric},{r.LearningRate},{r.GradientNorm},{r.Seconds},{r.Bytes},{r.ValidationScore},{r.Network}"));
        }
    }

    /// <summary>The lowest training loss of the first so many epochs, at least one.</summary>
    internal double LowestTrainLoss(int epochs) => _lowest[epochs - 1];

    internal void Add(EpochRecord record)
    {
        _lowest.Add(Count == 0 ? record.TrainLoss : Math.Min(record.TrainLoss, _lowest[^1]));
        _records.Add(record);
    }
}
