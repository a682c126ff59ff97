namespace EE569.Trainers.Scoring;

/// <summary>The getters of a scored row: those of the input passed on, and ours.</summary>
internal sealed class NetworkGetters
{
    private readonly DataViewRow _input;
    private readonly NetworkBindings _bindings;
    private readonly HashSet<int> _active;
    private readonly RowScorer? _scorer;

    public NetworkGetters(DataViewRow input, NetworkBindings bindings, Func<DataViewRow, DataViewSchema.Column, RowScorer> createScorer, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _input = input;
        _bindings = bindings;
        _active = [.. activeColumns.Select(column => column.Index)];
        _scorer = _active.Any(index => index >= bindings.Input.Count) ? createScorer(input, bindings.Feature) : null;
    }

    public DataViewSchema Schema => _bindings.Output;

    public bool IsActive(DataViewSchema.Column column) => _active.Contains(column.Index);

    public ValueGetter<TValue> Get<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
        {
            throw new InvalidOperationException($"Column '{column.Name}' was not asked for when the cursor was opened.");
        }

        if (!_bindings.IsOurs(column))
        {
            return _input.GetGetter<TValue>(_bindings.Input[column.Index]);
        }

        return _scorer!.Getter(column.Name) as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column '{column.Name}' holds {column.Type.RawType}, not {typeof(TValue)}.");
    }
}
