namespace Microsoft.ML.Data;

/// <summary>An input schema extended by the columns of an <see cref="IRowMapper"/>.</summary>
internal sealed class RowToRowMap : IRowToRowMapper
{
    private readonly IRowMapper _mapper;

    // Where an output column comes from: the input column i, or the mapper's column ~i.
    private readonly int[] _sources;

    public RowToRowMap(DataViewSchema inputSchema, IRowMapper mapper)
    {
        InputSchema = inputSchema;
        _mapper = mapper;
        _sources = [.. Arrange(inputSchema, mapper.OutputColumns)];
        DataViewSchema.Builder builder = new();
        builder.AddColumns(_sources.Select(source => source >= 0 ? new(inputSchema[source]) : mapper.OutputColumns[~source]));
        OutputSchema = builder.ToSchema();
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema { get; }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        bool[] needed = new bool[InputSchema.Count];
        foreach (DataViewSchema.Column column in dependingColumns)
        {
            int source = _sources[column.Index];
            foreach (int input in source >= 0 ? [source] : _mapper.GetDependencies(~source))
            {
                needed[input] = true;
            }
        }

        return InputSchema.Where(column => needed[column.Index]);
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        bool[] active = new bool[OutputSchema.Count];
        foreach (DataViewSchema.Column column in activeColumns)
        {
            active[column.Index] = true;
        }

        bool[] computed = new bool[_mapper.OutputColumns.Length];
        for (int i = 0; i < active.Length; i++)
        {
            if (active[i] && _sources[i] < 0)
            {
                computed[~_sources[i]] = true;
            }
        }

        return new MappedRow(this, input, active, _mapper.CreateGetters(input, output => computed[output]));
    }

    // A new column stands right behind the one it hides, or at the end.
    private static IEnumerable<int> Arrange(DataViewSchema input, DataViewSchema.DetachedColumn[] outputs)
    {
        foreach (DataViewSchema.Column column in input)
        {
            yield return column.Index;
            for (int i = 0; i < outputs.Length; i++)
            {
                if (!column.IsHidden && outputs[i].Name == column.Name)
                {
                    yield return ~i;
                }
            }
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            if (input.GetColumnOrNull(outputs[i].Name) is null)
            {
                yield return ~i;
            }
        }
    }

    private sealed class MappedRow(RowToRowMap map, DataViewRow input, bool[] active, Delegate?[] getters) : DataViewRow
    {
        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override DataViewSchema Schema => map.OutputSchema;

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            int source = map._sources[column.Index];
            return source >= 0
                ? input.GetGetter<TValue>(map.InputSchema[source])
                : Getters.Cast<TValue>(getters[~source], column);
        }

        protected override void Dispose(bool disposing) => input.Dispose();
    }
}
