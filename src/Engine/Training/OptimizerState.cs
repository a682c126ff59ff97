namespace EE569.Engine.Training;

/// <summary>What an optimiser remembers of the parameters of a network, and its step count.</summary>
internal sealed class OptimizerState<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Optimizer<T> _optimizer;
    private readonly Parameter<T>[] _parameters;
    private readonly SparseWeights<T>?[] _sparse;
    private readonly T[][][] _slots;

    /// <param name="optimizer">The optimiser.</param>
    /// <param name="parameters">What it updates.</param>
    /// <param name="sparseWeights">Those of the parameters of which a step updates the touched elements only.</param>
    public OptimizerState(Optimizer<T> optimizer, IReadOnlyList<Parameter<T>> parameters, IReadOnlyList<SparseWeights<T>> sparseWeights)
    {
        _optimizer = optimizer;
        _parameters = [.. parameters];
        _sparse = [.. parameters.Select(parameter => sparseWeights.FirstOrDefault(weights => weights.Parameter == parameter))];
        _slots = [.. parameters.Select(parameter => CreateSlots(optimizer.Slots, parameter.Value.Values.Length))];
    }

    /// <summary>Number of steps taken.</summary>
    public long Step { get; private set; }

    /// <summary>Number of remembered values.</summary>
    public int Length => AllSlots.Sum(slot => slot.Length);

    private IEnumerable<T[]> AllSlots => _slots.SelectMany(ofParameter => ofParameter);

    /// <summary>Takes a step with every parameter.</summary>
    public void Update(in StepRates rates)
    {
        Step++;
        for (int i = 0; i < _parameters.Length; i++)
        {
            ParameterGroup group = _parameters[i].Group;
            Span<T> slot0 = _slots[i].Length > 0 ? _slots[i][0] : [];
            Span<T> slot1 = _slots[i].Length > 1 ? _slots[i][1] : [];
            var update = new ParameterUpdate<T>(_parameters[i].Value.Values, _parameters[i].Gradient.Values, slot0, slot1, rates.Of(group), rates.DecayOf(group), Step);
            if (_sparse[i] is not { } weights)
            {
                _optimizer.Update(update);
                continue;
            }

            for (int line = 0; line < weights.Lines; line++)
            {
                _optimizer.Update(update.Of(line * weights.LineLength, weights.LineLength).Of(weights.Touched));
            }
        }
    }

    public void CopyTo(Span<T> values)
    {
        foreach (T[] slot in AllSlots)
        {
            slot.CopyTo(values);
            values = values[slot.Length..];
        }
    }

    public void Restore(ReadOnlySpan<T> values, long step)
    {
        Step = step;
        foreach (T[] slot in AllSlots)
        {
            values[..slot.Length].CopyTo(slot);
            values = values[slot.Length..];
        }
    }

    private static T[][] CreateSlots(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new T[length])];
}
