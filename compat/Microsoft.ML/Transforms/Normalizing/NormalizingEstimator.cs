using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns a scaling per slot from the data.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly IHostEnvironment _env;
    private readonly InputOutputColumnPair[] _columns;
    private readonly long _maximumExampleCount;
    private readonly Func<SlotStatistics> _createStatistics;

    internal NormalizingEstimator(IHostEnvironment env, InputOutputColumnPair[] columns, long maximumExampleCount, Func<SlotStatistics> createStatistics)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (maximumExampleCount < 2)
        {
            throw new ArgumentOutOfRangeException(nameof(maximumExampleCount), "Must be greater than 1.");
        }

        _env = env;
        _columns = columns;
        _maximumExampleCount = maximumExampleCount;
        _createStatistics = createStatistics;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] columns = [.. _columns.Select(pair => input.Schema.GetInputColumn(pair.InputColumnName, "data"))];
        foreach (DataViewSchema.Column column in columns)
        {
            CheckType(column.Type);
        }

        using DataViewRowCursor cursor = input.GetRowCursor(columns);
        ColumnStatistics[] statistics = [.. columns.Select(column => new ColumnStatistics(cursor, column, _createStatistics))];
        long rows = 0;
        for (; rows < _maximumExampleCount && cursor.MoveNext(); rows++)
        {
            _env.CheckAlive();
            foreach (ColumnStatistics column in statistics)
            {
                column.AddRow();
            }
        }

        return new(_env, _columns, [.. statistics.Select(column => column.Finish(rows))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inputSchema.With(_columns.Select(pair =>
    {
        SchemaShape.Column input = inputSchema.GetInputColumn(pair.InputColumnName);
        if (input.IsKey || (input.ItemType != NumberDataViewType.Single && input.ItemType != NumberDataViewType.Double))
        {
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", input.Name, "vector or scalar of Single or Double", input.TypeString);
        }

        if (input.Kind == SchemaShape.Column.VectorKind.VariableVector)
        {
            throw Contracts.SchemaMismatch(nameof(inputSchema), "input", input.Name, "known-size vector or scalar", input.TypeString);
        }

        return new SchemaShape.Column(pair.OutputColumnName, input.Kind, input.ItemType, isKey: false,
            new([SchemaAnnotations.IsNormalized, .. SchemaAnnotations.Kept(input, AnnotationUtils.Kinds.SlotNames)]));
    }));

    private static void CheckType(DataViewType type)
    {
        bool isFloat = type.ItemType() == NumberDataViewType.Single || type.ItemType() == NumberDataViewType.Double;
        if (!isFloat || type.ValueCount() == 0)
        {
            throw new ArgumentOutOfRangeException("srcType",
                $"Wrong column type for input column. Expected: Single, Double, Vector of Single or Vector of Double. Got: {type}.");
        }
    }

    /// <summary>The statistics of all slots of a column.</summary>
    private sealed class ColumnStatistics
    {
        private readonly DataViewType _type;
        private readonly SlotStatistics[] _slots;
        private readonly long[] _seen;

        public ColumnStatistics(DataViewRow row, DataViewSchema.Column column, Func<SlotStatistics> create)
        {
            _type = column.Type;
            _slots = [.. Enumerable.Range(0, _type.ValueCount()).Select(_ => create())];
            _seen = new long[_slots.Length];
            AddRow = _type.ItemType() == NumberDataViewType.Single ? Reader<float>(row, column) : Reader<double>(row, column);
        }

        public Action AddRow { get; }

        public NormalizerFunction Finish(long rows)
        {
            for (int i = 0; i < _slots.Length; i++)
            {
                _slots[i].AddZeros(rows - _seen[i]);
            }

            (double First, double Second)[] results = [.. _slots.Select(slot => slot.Finish())];
            return new(_type, _slots[0].Kind, [.. results.Select(result => result.First)], [.. results.Select(result => result.Second)]);
        }

        private Action Reader<T>(DataViewRow row, DataViewSchema.Column column) where T : System.Numerics.INumber<T>
        {
            if (_type is not VectorDataViewType)
            {
                ValueGetter<T> get = row.GetGetter<T>(column);
                T value = T.Zero;
                return () =>
                {
                    get(ref value);
                    Add(0, double.CreateTruncating(value));
                };
            }

            ValueGetter<VBuffer<T>> getVector = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> vector = default;
            return () =>
            {
                getVector(ref vector);
                ReadOnlySpan<T> values = vector.GetValues();
                ReadOnlySpan<int> indices = vector.GetIndices();
                for (int i = 0; i < values.Length; i++)
                {
                    Add(vector.IsDense ? i : indices[i], double.CreateTruncating(values[i]));
                }
            };
        }

        private void Add(int slot, double value)
        {
            _slots[slot].Add(value);
            _seen[slot]++;
        }
    }
}
