using System.Numerics.Tensors;

namespace EE569.Trainers.Reading;

/// <summary>How large the features and the label are and how far from zero, to tell the user when to standardise them.</summary>
/// <param name="columns">The columns read.</param>
internal sealed class FeatureScale(TrainingColumns columns)
{
    /// <summary>
    /// Standardised features rarely exceed 10; a step that suits them overshoots by the square of the scale on features beyond this. In regression
    /// what counts is the ratio to the label: a slope near 1 is soon found at any scale.
    /// </summary>
    public const double Limit = 50;

    /// <summary>
    /// Deviations between a feature's mean and zero beyond which it hardly differs from the bias: the condition of the loss grows with their square.
    /// </summary>
    private const double OffsetLimit = 10;

    /// <summary>A label this many times as large as the features takes more steps than most trainings have.</summary>
    private const double LabelLimit = 5;

    /// <summary>Means are taken of the first rows, which cost little and show them well, and not of hashed features, of which there are many and no mean matters.</summary>
    private const int MostRows = 10_000, MostSlots = 1 << 16;

    private readonly Moments[] _slots = new Moments[columns.FeatureCount <= MostSlots ? columns.FeatureCount : 0];
    private Moments _label;
    private long _rows;

    /// <summary>The largest magnitude of a feature.</summary>
    public float Largest { get; private set; }

    /// <summary>The slot of <see cref="Largest"/>.</summary>
    public int LargestSlot { get; private set; }

    public bool IsTooLarge => Largest > Limit * Math.Max(1, _label.Count == 0 ? 0 : _label.Deviation);

    /// <summary>The slot, never 0 in any row, whose mean is the most deviations away from zero, if these are many.</summary>
    public int? OffsetSlot => Enumerable.Range(0, _slots.Length).Where(slot => _slots[slot].Count == Math.Min(_rows, MostRows) && _slots[slot].Offset > OffsetLimit)
        .Select(slot => (int?)slot).MaxBy(slot => _slots[slot!.Value].Offset);

    /// <summary>The label to predict.</summary>
    public Moments Label => _label;

    public Moments Slot(int slot) => _slots[slot];

    /// <summary>The label to predict, where it is far from unit scale.</summary>
    public Moments? LabelToStandardise => _label.Largest > LabelLimit && _label.Deviation > 0 ? _label : null;

    public bool IsLabelTooLarge => LabelToStandardise?.Largest > LabelLimit * Math.Max(1, Largest);

    public void Add(ExampleCursor example)
    {
        if (columns.Task == LearningTask.Regression)
        {
            _label.Add(example.Label);
        }

        ref readonly var features = ref example.Features;
        var values = features.GetValues();
        if (!values.IsEmpty && MathF.Abs(TensorPrimitives.MaxMagnitude(values)) > Largest)
        {
            int at = TensorPrimitives.IndexOfMaxMagnitude(values);
            Largest = MathF.Abs(values[at]);
            LargestSlot = features.IsDense ? at : features.GetIndices()[at];
        }

        if (_rows++ < MostRows && _slots.Length > 0)
        {
            AddMoments(in features);
        }
    }

    private void AddMoments(in VBuffer<float> features)
    {
        var values = features.GetValues();
        var indices = features.GetIndices();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                _slots[features.IsDense ? i : indices[i]].Add(values[i]);
            }
        }
    }
}
