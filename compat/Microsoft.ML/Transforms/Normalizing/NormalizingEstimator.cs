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

        SlotResult[][] results = ColumnStatistics.Learn(_env, input, columns, _maximumExampleCount, bySlot: true, _createStatistics);
        NormalizerKind kind = _createStatistics().Kind;
        return new(_env, _columns, [.. columns.Zip(results, (column, slots) =>
            new NormalizerFunction(column.Type, kind, [.. slots.Select(slot => slot.First)], [.. slots.Select(slot => slot.Second)], [.. slots.Select(slot => slot.Bounds ?? [])]))]);
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
}
