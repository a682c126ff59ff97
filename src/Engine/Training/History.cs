using System.Collections;
using System.Globalization;

namespace EE569.Engine.Training;

/// <summary>The completed epochs of a training, first to last.</summary>
public sealed class History : IReadOnlyList<EpochRecord>
{
    private readonly List<EpochRecord> records;

    internal History(IEnumerable<EpochRecord> records) => this.records = [.. records];

    /// <summary>Number of completed epochs.</summary>
    public int Count => records.Count;

    /// <summary>The record of an epoch.</summary>
    /// <param name="index">Position, from 0; epoch e stands at e - 1.</param>
    public EpochRecord this[int index] => records[index];

    /// <inheritdoc/>
    public IEnumerator<EpochRecord> GetEnumerator() => records.GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Writes a header and a line for each epoch, with numbers that read back to the same bits.</summary>
    /// <param name="writer">Where to write.</param>
    public void WriteCsv(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteLine("Epoch,TrainLoss,TrainMetric,ValidationLoss,ValidationMetric,LearningRate,GradientNorm,Seconds,Bytes");
        foreach (EpochRecord r in records)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{r.Epoch},{r.TrainLoss},{r.TrainMetric},{r.ValidationLoss},{r.ValidationMetric},{r.LearningRate},{r.GradientNorm},{r.Seconds},{r.Bytes}"));
        }
    }

    internal void Add(EpochRecord record) => records.Add(record);
}
