namespace EE569.Trainers.Reading;

/// <summary>One pass over the usable examples of a view that is too long for memory, or over the part of them that trains or validates.</summary>
/// <param name="data">The view.</param>
/// <param name="columns">What to read of it.</param>
/// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
/// <param name="allowsMissing">Whether features may be missing or infinite.</param>
/// <param name="preparation">What becomes of raw rows, or null.</param>
/// <param name="isWanted">Whether the next example, whose class is given, belongs to the part.</param>
internal sealed class ViewRowReader(IDataView data, TrainingColumns columns, Action checkAlive, bool allowsMissing, InputPreparation? preparation, Predicate<int> isWanted) : IRowReader<float>
{
    private readonly ExampleCursor _cursor = new(data, columns, checkAlive, allowsMissing);
    private readonly PreparedRow? _prepared = preparation is null ? null : new(preparation.Features);

    public bool Read(StreamedRow<float> row)
    {
        while (_cursor.MoveNext())
        {
            if (isWanted(_cursor.Class))
            {
                Copy(row);
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    private void Copy(StreamedRow<float> row)
    {
        ref readonly var features = ref _cursor.Features;
        if (_prepared is not null)
        {
            _prepared.Set(in features);
            _prepared.CopyTo(row);
        }
        else if (features.IsDense)
        {
            row.SetFeatures(features.GetValues());
        }
        else
        {
            row.SetFeatures(features.GetIndices(), features.GetValues());
        }

        row.SetLabel(columns.Task, _cursor.Label, _cursor.Weight, preparation?.Label);
    }
}
