using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace EE569.Trainers.Reading;

/// <summary>Reads the usable examples of a data view: finite features (or any, where missing ones are allowed), a label, a finite weight. Others are counted and passed over, as ML.NET does.</summary>
internal sealed class ExampleCursor : IDisposable
{
    private const int RowsBetweenChecks = 4096;

    private readonly TrainingColumns _columns;
    private readonly DataViewRowCursor _cursor;
    private readonly ValueGetter<VBuffer<float>> _features;
    private readonly Func<double> _label;
    private readonly ValueGetter<float>? _weight;
    private readonly Action _checkAlive;
    private readonly bool _allowsMissing;
    private VBuffer<float> _row;
    private float _rowWeight = 1;

    /// <param name="data">The view.</param>
    /// <param name="columns">What to read of it.</param>
    /// <param name="checkAlive">Called now and then; throws when the user has cancelled.</param>
    /// <param name="allowsMissing">Whether features may be missing or infinite.</param>
    public ExampleCursor(IDataView data, TrainingColumns columns, Action checkAlive, bool allowsMissing)
    {
        _allowsMissing = allowsMissing;
        _checkAlive = checkAlive;
        _columns = columns;
        _cursor = data.GetRowCursor(columns.All);
        _features = _cursor.GetGetter<VBuffer<float>>(columns.Features);
        _label = columns.Task.LabelReader(_cursor, columns.Label, columns.ClassMap);
        _weight = columns.Weight is { } weight ? _cursor.GetGetter<float>(weight) : null;
    }

    public SkippedRows Skipped { get; } = new();

    public ref readonly VBuffer<float> Features => ref _row;

    /// <summary>Stored features that are not 0. They are counted by their bits, several at a time, so that -0 counts as well.</summary>
    public int NonZeros => _row.GetValues().Length - MemoryMarshal.Cast<float, int>(_row.GetValues()).Count(0);

    /// <summary>The class index, 0 or 1, or the value to predict.</summary>
    public double Label { get; private set; }

    /// <summary>The class index; 0 where there are no classes.</summary>
    public int Class => _columns.Task == LearningTask.Regression ? 0 : (int)Label;

    public float Weight => _rowWeight;

    public bool MoveNext()
    {
        while (_cursor.MoveNext())
        {
            if (_cursor.Position % RowsBetweenChecks == 0)
            {
                _checkAlive();
            }

            _features(ref _row);
            FeatureRow.Check(in _row, _columns.Features, _cursor.Position);
            Label = _label();
            _weight?.Invoke(ref _rowWeight);
            if (!_allowsMissing && !AreFinite(_row.GetValues()))
            {
                Skipped.Features++;
            }
            else if (!double.IsFinite(Label))
            {
                Skipped.Label++;
            }
            else if (!(float.IsFinite(_rowWeight) && _rowWeight >= 0))
            {
                Skipped.Weight++;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    public void Dispose() => _cursor.Dispose();

    // The sum of magnitudes is finite unless a value is not, or the sum itself overflows: only then is a second look needed.
    private static bool AreFinite(ReadOnlySpan<float> values)
    {
        if (float.IsFinite(TensorPrimitives.SumOfMagnitudes(values)))
        {
            return true;
        }

        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
