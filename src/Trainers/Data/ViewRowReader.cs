using EE569.Engine;
using EE569.Engine.Data;
using Microsoft.ML;

namespace EE569.Trainers.Data;

/// <summary>One pass over the usable examples of a view that is too long for memory, or over the part of them that trains or validates.</summary>
/// <param name="data">The view.</param>
/// <param name="columns">What to read of it.</param>
/// <param name="isWanted">Whether the example with this number, from 0, belongs to the part.</param>
internal sealed class ViewRowReader(IDataView data, TrainingColumns columns, Predicate<long> isWanted) : IRowReader<float>
{
    private readonly ExampleCursor _cursor = new(data, columns);
    private long _next;

    public bool Read(StreamedRow<float> row)
    {
        while (_cursor.MoveNext())
        {
            if (isWanted(_next++))
            {
                Copy(row);
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    /// <summary>Whether the example with this number is set aside: a draw that depends on the seed and the number alone, so every pass agrees.</summary>
    public static bool IsSetAside(long number, double fraction, ulong seed) =>
        SplitMix64.Derive(seed, (ulong)number).NextDouble() < fraction;

    private void Copy(StreamedRow<float> row)
    {
        ref readonly var features = ref _cursor.Features;
        if (features.IsDense)
        {
            row.SetFeatures(features.GetValues());
        }
        else
        {
            row.SetFeatures(features.GetIndices(), features.GetValues());
        }

        if (columns.Task == LearningTask.Regression)
        {
            row.SetTarget((float)_cursor.Label);
        }
        else
        {
            row.Label = (int)_cursor.Label;
        }

        row.Weight = _cursor.Weight;
    }
}
